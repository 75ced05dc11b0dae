package dev.persistence.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.persistence.decode.BodyFormat;
import dev.persistence.http.answer.Refused;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            application/json                          | JSON
            Application/JSON                          | JSON
            application/json; charset=utf-8           | JSON
            application/json;charset="UTF-8"          | JSON
            application/json; charset=utf-8; x=y      | JSON
            application/json;                         | JSON
            application/vnd.example+json              | JSON
            application/problem+JSON; charset=utf-8   | JSON
            ''                                        | JSON
            application/x-ndjson                      | NDJSON
            application/X-NDJSON ; charset=utf-8      | NDJSON
            """)
    void contentType_namesTheFormat(String type, BodyFormat format) throws Refused {
        assertEquals(format, MediaType.format(headers(type)));
    }

    @Test
    void noContentType_isJson() throws Refused {
        assertEquals(BodyFormat.JSON, MediaType.format(new DefaultHttpHeaders()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/json",
                "text/x+json",
                "application/jsonp",
                "application/x-www-form-urlencoded",
                "application/ndjson",
                "application/json, application/json",
                "application/json; charset=latin1",
                "application/x-ndjson; charset=utf-16",
                "json",
                "*/*"
            })
    void otherContentType_isRefused(String type) {
        Refused refused = assertThrows(Refused.class, () -> MediaType.format(headers(type)));
        assertEquals(415, refused.answer().status().code());
        assertEquals(
                "application/json, application/x-ndjson",
                refused.answer().headers().get(HttpHeaderNames.ACCEPT));
    }

    @Test
    void twoContentTypes_areRefused() {
        HttpHeaders twice = headers("application/json").add(HttpHeaderNames.CONTENT_TYPE, "application/json");
        assertThrows(Refused.class, () -> MediaType.format(twice));
    }

    private static HttpHeaders headers(String type) {
        return new DefaultHttpHeaders().add(HttpHeaderNames.CONTENT_TYPE, type);
    }
}
