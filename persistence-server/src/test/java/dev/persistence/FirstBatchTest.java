package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.persistence.schema.Declarations;
import dev.persistence.schema.RecordType;
import org.junit.jupiter.api.Test;

class FirstBatchTest {

    @Test
    void curl_sendsTheRequiredFieldsWithValuesWithinTheirLimits() {
        RecordType type = Declarations.read(ConfigFactory.parseString("""
                        record-types = [{ name = words, table = words, key = id, columns = [
                          { name = id, type = string, length = 3, required = true, not-empty = true }
                          { name = note, type = text, bytes = 2, required = true }
                          { name = level, type = integer, min = 7, required = true }
                          { name = share, type = decimal, precision = 3, scale = 2, max = -1, required = true }
                          { name = ignored, type = json }
                        ] }]
                        """)).get(0);

        assertEquals(
                "curl -H 'Content-Type: application/json' -d"
                        + " '{\"words\":[{\"id\":\"fir\",\"note\":\"fi\",\"level\":7,\"share\":-1}]}'"
                        + " http://localhost:8001/api/v1/persistence/words/batch",
                FirstBatch.curl(type, 8001));
    }
}
