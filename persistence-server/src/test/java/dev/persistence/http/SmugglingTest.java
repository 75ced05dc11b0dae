package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Messages whose end is in doubt. Behind each stands a valid batch: two readers that disagree on where the first message
 * ends would disagree on whether the second is a request. So the first is refused, the connection ends, and no record of
 * the second ever reaches the ring. In the messages, {@code \n} is CR LF, {@code \r} a bare CR, {@code \l} a bare LF,
 * {@code \t} a tab, {@code \0} a NUL and {@code _} a space.
 */
class SmugglingTest {

    private static final String BODY = Station.sessions(1);
    private static final String SECOND =
            "POST " + Station.SESSIONS + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
    private static Station station;

    @BeforeAll
    static void start() {
        station = Station.start();
    }

    @AfterAll
    static void stop() {
        station.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            both lengths                        | Content-Length: 5\\nTransfer-Encoding: chunked
            both lengths, the other way round   | Transfer-Encoding: chunked\\nContent-Length: 5
            both lengths, of zero               | Content-Length: 0\\nTransfer-Encoding: chunked
            two lengths that differ             | Content-Length: 5\\nContent-Length: 6
            two lengths that are equal          | Content-Length: 5\\nContent-Length: 5
            a list of lengths that differ       | Content-Length: 5, 6
            a list of equal lengths             | Content-Length: 5, 5
            a list with an empty member         | Content-Length: 5,
            a length with a plus                | Content-Length: +5
            a negative length                   | Content-Length: -1
            a negative length of nothing        | Content-Length: -0
            a hexadecimal length                | Content-Length: 0x5
            a length with a fraction            | Content-Length: 5.0
            a length with an exponent           | Content-Length: 5e0
            two numbers as a length             | Content-Length: 5 5
            a length with a letter              | Content-Length: 5a
            a length in quotes                  | Content-Length: "5"
            an empty length                     | Content-Length:
            an empty length and one             | Content-Length:\\nContent-Length: 5
            a length over 63 bits               | Content-Length: 9223372036854775808
            a length that overflows to 5        | Content-Length: 18446744073709551621
            a length of a hundred digits        | Content-Length: 1000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            a length with digits of another script | Content-Length: \u00b2
            a length behind a NUL               | Content-Length: \\05
            a length behind a vertical tab      | Content-Length: \\v5
            a length on a folded line           | Content-Length:\\n_5
            a folded line behind a length       | Content-Length: 5\\n_6
            a length behind a space before the colon | Content-Length : 5
            a length behind a tab before the colon | Content-Length\\t: 5
            chunked twice                       | Transfer-Encoding: chunked, chunked
            chunked twice in two headers        | Transfer-Encoding: chunked\\nTransfer-Encoding: chunked
            chunked and identity                | Transfer-Encoding: chunked, identity
            identity and chunked                | Transfer-Encoding: identity, chunked
            identity                            | Transfer-Encoding: identity
            identity and a length               | Transfer-Encoding: identity\\nContent-Length: 5
            gzip before chunked                 | Transfer-Encoding: gzip, chunked
            chunked in one header, gzip in another | Transfer-Encoding: chunked\\nTransfer-Encoding: gzip
            gzip in one header, chunked in another | Transfer-Encoding: gzip\\nTransfer-Encoding: chunked
            not chunked                         | Transfer-Encoding: xchunked
            chunked with a parameter            | Transfer-Encoding: chunked;x=y
            chunked in quotes                   | Transfer-Encoding: "chunked"
            chunked behind a comma              | Transfer-Encoding: ,chunked
            chunked before a comma              | Transfer-Encoding: chunked,
            an empty encoding                   | Transfer-Encoding:
            an empty encoding and a length      | Transfer-Encoding:\\nContent-Length: 5
            chunked behind a vertical tab       | Transfer-Encoding: \\vchunked
            chunked behind a NUL                | Transfer-Encoding: \\0chunked
            chunked on a folded line            | Transfer-Encoding:\\n_chunked
            a folded line behind chunked        | Transfer-Encoding: chunked\\n_x
            chunked behind a space before the colon | Transfer-Encoding : chunked
            chunked behind a bare CR            | X: y\\rTransfer-Encoding: chunked
            chunked before a bare CR            | Transfer-Encoding: chunked\\rX: y
            a letter that looks like another    | Transfer-Encoding: chun\u212aed
            """)
    void lengthInDoubt_answers400_andEndsTheConnection(String what, String headers) {
        assertRefused("POST " + Station.SESSIONS + " HTTP/1.1\r\nHost: a\r\n" + bytes(headers) + "\r\n\r\n0\r\n\r\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a prefixed size             | 0x5\\nhello\\n0\\n\\n
            a size with a plus          | +5\\nhello\\n0\\n\\n
            a negative size             | -5\\nhello\\n0\\n\\n
            minus zero                  | -0\\n\\n
            two sizes                   | 5 5\\nhello\\n0\\n\\n
            a size with a letter        | 5g\\nhello\\n0\\n\\n
            a size behind a space       | _5\\nhello\\n0\\n\\n
            a size before a tab         | 5\\t\\nhello\\n0\\n\\n
            a size behind a NUL         | \\05\\nhello\\n0\\n\\n
            an empty size               | \\nhello\\n0\\n\\n
            only an extension           | ;x=y\\nhello\\n0\\n\\n
            a size over 32 bits         | 100000005\\nhello\\n0\\n\\n
            a size over 64 bits         | 10000000000000005\\nhello\\n0\\n\\n
            a size of many digits       | FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\\nhello\\n0\\n\\n
            no line end behind the data | 5\\nhello0\\n\\n
            more data than its size     | 5\\nhello!\\n0\\n\\n
            a bare LF behind the size   | 5\\lhello\\n0\\n\\n
            a bare CR behind the size   | 5\\rhello\\n0\\n\\n
            a bare LF behind the data   | 5\\nhello\\l0\\n\\n
            a bare CR behind the data   | 5\\nhello\\r0\\n\\n
            a bare LF within an extension | 5;x\\ly\\nhello\\n0\\n\\n
            a bare CR within an extension | 5;x\\ry\\nhello\\n0\\n\\n
            a bare LF behind the last size | 0\\l\\n
            a bare LF at the end        | 0\\n\\l
            a trailer without a colon   | 0\\nrubbish\\n\\n
            a trailer without a name    | 0\\n: x\\n\\n
            a trailer with a NUL        | 0\\nX: \\0\\n\\n
            a trailer with a bare CR    | 0\\nX: y\\rz: t\\n\\n
            """)
    void chunksInDoubt_answer400_andEndTheConnection(String what, String chunks) {
        assertRefused("POST " + Station.SESSIONS + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + bytes(chunks));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a NUL in a value            | GET / HTTP/1.1\\nHost: a\\nX: \\0\\n\\n
            a bare CR in a value        | GET / HTTP/1.1\\nHost: a\\nX: y\\rz\\n\\n
            a bare CR at a line's end   | GET / HTTP/1.1\\nHost: a\\r\\n\\n
            bare LF at every line's end | GET / HTTP/1.1\\lHost: a\\l\\l
            a bare LF at the end of the head | GET / HTTP/1.1\\nHost: a\\n\\l
            a bare CR in the target     | GET /\\rx HTTP/1.1\\nHost: a\\n\\n
            a bare LF in the target     | GET /\\lx HTTP/1.1\\nHost: a\\n\\n
            a NUL in the target         | GET /\\0 HTTP/1.1\\nHost: a\\n\\n
            a space before the first name | GET / HTTP/1.1\\n_Host: a\\n\\n
            a space before the colon    | GET / HTTP/1.1\\nHost : a\\n\\n
            a space within a name       | GET / HTTP/1.1\\nHost: a\\nX Y: z\\n\\n
            a bracket within a name     | GET / HTTP/1.1\\nHost: a\\nX(Y: z\\n\\n
            a NUL within a name         | GET / HTTP/1.1\\nHost: a\\nX\\0Y: z\\n\\n
            a letter beyond ASCII in a name | GET / HTTP/1.1\\nHost: a\\nX\u00e4: z\\n\\n
            no name                     | GET / HTTP/1.1\\nHost: a\\n: z\\n\\n
            no colon                    | GET / HTTP/1.1\\nHost: a\\nX\\n\\n
            no Host                     | GET / HTTP/1.1\\n\\n
            two Hosts                   | GET / HTTP/1.1\\nHost: a\\nHost: a\\n\\n
            no version                  | GET /\\n\\n
            HTTP/0.9                    | GET / HTTP/0.9\\n\\n
            HTTP/2                      | GET / HTTP/2\\nHost: a\\n\\n
            the preface of HTTP/2       | PRI * HTTP/2.0\\n\\nSM\\n\\n
            an odd version              | GET / HTTP/1.10\\nHost: a\\n\\n
            a version of letters        | GET / HTTP/x.y\\nHost: a\\n\\n
            another protocol            | GET / SIP/2.0\\nHost: a\\n\\n
            a version in small letters  | GET / http/1.1\\nHost: a\\n\\n
            words behind the version    | GET / HTTP/1.1 x\\nHost: a\\n\\n
            a space in the target       | GET /a b HTTP/1.1\\nHost: a\\n\\n
            no target                   | GET HTTP/1.1\\nHost: a\\n\\n
            no method                   | / HTTP/1.1\\nHost: a\\n\\n
            an answer                   | HTTP/1.1 200 OK\\nHost: a\\n\\n
            a method with a bracket     | G(T / HTTP/1.1\\nHost: a\\n\\n
            a NUL first                 | \\0GET / HTTP/1.1\\nHost: a\\n\\n
            a greeting of TLS           | \\0\u0016\u0003\u0001\\n\\n
            """)
    void headInDoubt_answers400_andEndsTheConnection(String what, String head) {
        assertRefused(bytes(head));
    }

    @Test
    void foldedLine_belongsToTheHeaderBefore() {
        try (RawClient client = station.connect()) {
            client.send(bytes("GET / HTTP/1.1\\nHost: a\\nX: y\\n_Content-Length: 500\\n\\n"));
            client.send(bytes("GET /health/live HTTP/1.1\\nHost: a\\n\\n"));
            assertEquals(200, client.reply().status());
            assertTrue(client.reply().body().contains("live"), "there was no length");
        }
    }

    @Test
    void oldWebSocketRequest_hasNoBody() {
        try (RawClient client = station.connect()) {
            client.send(bytes("GET / HTTP/1.1\\nHost: a\\nSec-WebSocket-Key1: 1\\nSec-WebSocket-Key2: 2\\n\\n"));
            assertEquals(200, client.reply().status());
            client.send(bytes("GET /health/live HTTP/1.1\\nHost: a\\n\\n"));
            assertTrue(client.reply().body().contains("live"), "no byte of the second request is taken for a body");
        }
    }

    private static void assertRefused(String message) {
        long room = station.ring.remaining();
        try (RawClient client = station.connect()) {
            client.send(message + SECOND);
            RawClient.Reply reply = client.reply();
            assertEquals(400, reply.status());
            assertTrue(reply.closes());
            assertTrue(client.ended(), "nothing behind it is answered");
        }
        assertEquals(room, station.ring.remaining(), "no record of the second request was taken");
    }

    private static String bytes(String text) {
        String message = text;
        for (List<String> escape : List.of(
                List.of("\\n", "\r\n"),
                List.of("\\r", "\r"),
                List.of("\\l", "\n"),
                List.of("\\t", "\t"),
                List.of("\\v", "\u000b"),
                List.of("\\0", "\0"),
                List.of("_", " "))) {
            message = message.replace(escape.get(0), escape.get(1));
        }
        return message;
    }
}
