package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstBatchTest {

    private static final RecordType WORDS =
            Declarations.read(ConfigFactory.parseString("""
                    record-types = [{ name = words, table = words, key = id, columns = [
                      { name = id, type = string, length = 3, required = true, not-empty = true }
                      { name = note, type = text, bytes = 2, required = true }
                      { name = level, type = integer, min = 7, required = true }
                      { name = share, type = decimal, precision = 3, scale = 2, max = -1, required = true }
                      { name = ignored, type = json }
                    ] }]
                    """)).get(0);

    @Test
    void curl_sendsTheRequiredFieldsWithValuesWithinTheirLimits() {
        assertEquals(
                "curl -H 'Content-Type: application/json' -d"
                        + " '{\"words\":[{\"id\":\"fir\",\"note\":\"fi\",\"level\":7,\"share\":-1}]}'"
                        + " http://localhost:8001/api/v1/persistence/words/batch",
                FirstBatch.curl(WORDS, "", "http://localhost:8001"));
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, localhost", "::, localhost", "10.0.0.7, 10.0.0.7", "fd00::7, [fd00::7]", "db.local, db.local"
    })
    void curl_goesWhereTheServiceListens(String host, String sentTo) {
        String command = FirstBatch.curl(WORDS, "", "http://" + FirstBatch.reachable(host) + ":80");

        assertTrue(command.endsWith(" http://" + sentTo + ":80/api/v1/persistence/words/batch"), command);
    }
}
