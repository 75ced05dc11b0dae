package dev.persistence.http.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/html                                                  | true
            text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | true
            TEXT/HTML ; q=0.5                                          | true
            application/json, text/html                                | true
            application/json;q=0.9, text/html                          | true
            application/json, text/html;q=0.9                          | false
            text/html;q=0                                              | false
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
        assertEquals(html, AcceptHeader.prefersHtml(headers));
    }

    @Test
    void noAccept_isAProgram() {
        assertEquals(false, AcceptHeader.prefersHtml(new DefaultHttpHeaders()));
    }

    @Test
    void severalLines_areOneList() {
        HttpHeaders headers =
                new DefaultHttpHeaders().add("Accept", "application/json;q=0.2").add("Accept", "text/html;q=0.3");
        assertEquals(true, AcceptHeader.prefersHtml(headers));
    }
}
