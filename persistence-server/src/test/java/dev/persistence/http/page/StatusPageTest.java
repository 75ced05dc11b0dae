package dev.persistence.http.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.persistence.http.answer.Answer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StatusPageTest {

    private final Answer answer = StatusPage.answer();
    private final String document = new String(answer.content(), StandardCharsets.UTF_8);
    private final String policy = answer.headers().get(HttpHeaderNames.CONTENT_SECURITY_POLICY);

    /** What stands between the tags, as a browser hashes it. */
    private List<String> inlined(String tag) {
        return Pattern.compile("<" + tag + "(?: type=\"module\")?>(.*?)</" + tag + ">", Pattern.DOTALL)
                .matcher(document)
                .results()
                .map((MatchResult found) -> "'sha256-" + sha256(found.group(1)) + "'")
                .toList();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void policy_namesExactlyWhatStandsInTheDocument() {
        assertEquals(2, inlined("script").size());
        assertEquals(1, inlined("style").size());
        assertEquals(
                "default-src 'none'; script-src " + String.join(" ", inlined("script")) + "; style-src "
                        + inlined("style").get(0)
                        + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'",
                policy);
    }

    @Test
    void document_namesNoOtherAddress() {
        String without = document.replace("http://www.w3.org/2000/svg", "") // a name, never fetched
                .replace("/*! https://github.com/leeoniya/uPlot", ""); // the library's licence comment
        assertFalse(without.contains("http://"));
        assertFalse(without.contains("https://"));
        assertFalse(without.contains("src="));
        assertFalse(without.contains("@import"));
    }

    @Test
    void document_isWhole() {
        assertFalse(document.contains("/*{"), "a part is missing");
        assertFalse(document.contains("\r"), "a browser would hash other line ends");
        assertFalse(document.contains(" style=\""), "the policy forbids attributes with style");
    }

    @Test
    void page_isNotGuessedAndNotKept() {
        assertEquals("text/html; charset=utf-8", answer.contentType().toString());
        assertEquals("nosniff", answer.headers().get(AsciiString.of("x-content-type-options")));
        assertEquals("no-cache", answer.headers().get(HttpHeaderNames.CACHE_CONTROL));
        assertEquals("Accept", answer.headers().get(HttpHeaderNames.VARY));
    }
}
