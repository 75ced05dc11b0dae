package dev.persistence.http.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEntriesTest {

    private static final String HASH = "a".repeat(64);

    @Test
    void entry_isReadAsItIsWritten() {
        Token token = Token.of("ui-1", "flush+read", "text");

        Token read = TokenEntries.token(token.entry());

        assertEquals(token.entry(), read.entry());
        assertTrue(read.allows(Right.FLUSH));
        assertFalse(read.allows(Right.WRITE));
        assertTrue(read.hasHash(Token.sha256().digest("text".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    @Test
    void newTokens_are32BytesOfChance() {
        assertEquals(43, Token.random().length());
        assertNotEquals(Token.random(), Token.random());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a:write                  | entry 1: it has not the three parts of name:rights:sha256
            a b:write:HASH           | entry 1: its name must be 1 to 64 of letters, digits, '.', '_' and '-'
            :write:HASH              | entry 1: its name must be 1 to 64 of letters, digits, '.', '_' and '-'
            a:wrte:HASH              | entry 1: a: its rights must be some of write, flush, read, joined with '+'
            a::HASH                  | entry 1: a: its rights must be some of write, flush, read, joined with '+'
            a:write+:HASH            | entry 1: a: its rights must be some of write, flush, read, joined with '+'
            a:write:the-token-itself | entry 1: a: its hash must be the token's SHA-256 in 64 hex digits
            the-token-itself         | entry 1: it has not the three parts of name:rights:sha256
            """)
    void impossibleEntry_isNamedByPlaceAndReason(String entry, String message) {
        List<String> entries = List.of(entry.replace("HASH", HASH));
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> TokenEntries.tokens(entries))
                        .getMessage());
    }

    @Test
    void twoOfOneNameOrHash_areRefused() {
        String one = "a:write:" + HASH;
        assertTrue(failure(List.of(one, "a:read:" + "b".repeat(64))).contains("the name a is there twice"));
        assertTrue(failure(List.of(one, "b:read:" + HASH)).contains("b: this token has another name already"));
    }

    @Test
    void file_hasCommentsAndBlankLines_andAtLeastOneToken() {
        assertEquals(
                1,
                TokenEntries.lines(List.of("# people", "", " a:write:" + HASH + "  # whose"))
                        .size());
        assertThrows(IllegalArgumentException.class, () -> TokenEntries.lines(List.of("# none")));
    }

    private static String failure(List<String> entries) {
        return assertThrows(IllegalArgumentException.class, () -> TokenEntries.tokens(entries))
                .getMessage();
    }
}
