package dev.persistence.http.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedValuesTest {

    private static boolean browser(HttpHeaders headers) {
        return AcceptedValues.of(headers, "Accept").prefer("text/html", "application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/html                                                  | true
            text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | true
            TEXT/HTML ; q=0.5                                          | true
            application/json, text/html                                | true
            application/json;q=0.9, text/html                          | true
            application/json, text/html;q=0.9                          | false
            text/html;q=0                                              | false
            text/html;q=Infinity                                       | false
            text/html;q=much                                           | false
            text/html;level=1                                          | true
            */*                                                        | false
            text/*                                                     | false
            application/json                                           | false
            text/htmlish                                               | false
            ''                                                         | false
            """)
    void accept_tellsBrowsersFromPrograms(String accept, boolean html) {
        HttpHeaders headers = new DefaultHttpHeaders().add("Accept", accept);
        assertEquals(html, browser(headers));
    }

    @Test
    void noAccept_isAProgram() {
        assertEquals(false, browser(new DefaultHttpHeaders()));
    }

    @Test
    void severalLines_areOneList() {
        HttpHeaders headers =
                new DefaultHttpHeaders().add("Accept", "application/json;q=0.2").add("Accept", "text/html;q=0.3");
        assertEquals(true, browser(headers));
    }
}
