package dev.persistence.http.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.http.answer.Refused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AckParameterTest {

    @ParameterizedTest
    @CsvSource({
        "/batch, false",
        "/batch?, false",
        "/batch?ack=written, true",
        "/batch?%61ck=%77ritten, true",
        "/batch?ack=written&, true",
        "/batch?&ack=written, true"
    })
    void query_saysWhetherTheCommitIsWaitedFor(String target, boolean written) throws Refused {
        assertEquals(written, AckParameter.asksForWritten(target));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /batch?ack                     | query parameter ack
            /batch?ack=                    | query parameter ack
            /batch?ack=Written             | query parameter ack
            /batch?ack=written%20          | query parameter ack
            /batch?ack=written+            | query parameter ack
            /batch?ack=accepted            | query parameter ack
            /batch?ack=written&ack=written | query parameter ack
            /batch?ack=written;x=y         | query parameter ack
            /batch?ACK=written             | unknown query parameter
            /batch?ack=written&x=y         | unknown query parameter
            /batch?x                       | unknown query parameter
            /batch?ack=%zz                 | not well-formed
            /batch?ack=%e                  | not well-formed
            """)
    void anythingElse_isRefused(String target, String detail) {
        Refused refused = assertThrows(Refused.class, () -> AckParameter.asksForWritten(target));
        String answer = new String(refused.answer().content(), StandardCharsets.UTF_8);
        assertEquals(400, refused.answer().status().code());
        assertTrue(answer.contains(detail), answer);
        assertTrue(answer.contains("/problems/bad-parameter"), answer);
    }
}
