package dev.persistence.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.http.security.Certificates;
import dev.persistence.http.security.Security;
import dev.persistence.http.security.SecuritySettings;
import dev.persistence.http.security.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in where tokens are configured. */
class TokensTest {

    private static final String WRITER = "writer-token";
    private static final String READER = "reader-token";
    private static final String ALL = "token-of-all";

    @TempDir
    static Path folder;

    private static Path file;
    private static Security security;
    private static Station station;

    @BeforeAll
    static void start() throws Exception {
        file = Files.writeString(
                folder.resolve("tokens"), Token.of("reader", "read", READER).entry());
        List<Token> tokens = List.of(Token.of("writer", "write", WRITER), Token.of("all", "write+flush+read", ALL));
        security = Certificates.open(new SecuritySettings(tokens, Optional.of(file), Optional.empty()));
        station = Station.startOn(Transport.best(), Station.settings(), security);
    }

    @AfterAll
    static void stop() {
        station.close();
        security.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /                                     |              | 200
            GET  | /health                               |              | 200
            GET  | /api/v1/persistence/status            |              | 401
            GET  | /api/v1/persistence/status            | writer-token | 403
            GET  | /api/v1/persistence/status            | reader-token | 200
            GET  | /health/live                          |              | 200
            GET  | /health/ready                         |              | 200
            GET  | /openapi.json                         |              | 401
            GET  | /openapi.json                         | reader-token | 200
            GET  | /api/v1/persistence/stats             |              | 401
            GET  | /api/v1/persistence/stats             | writer-token | 403
            HEAD | /api/v1/persistence/stats             | writer-token | 403
            GET  | /api/v1/persistence/stats             | reader-token | 200
            POST | /api/v1/persistence/sessions/batch    |              | 401
            POST | /api/v1/persistence/sessions/batch    | reader-token | 403
            POST | /api/v1/persistence/sessions/batch    | writer-token | 415
            POST | /api/v1/persistence/sessions/batch?ack=written | reader-token | 403
            POST | /api/v1/persistence/sessions/batch?x  |              | 401
            POST | /api/v1/persistence/flush             | writer-token | 403
            POST | /api/v1/persistence/nowhere/batch     |              | 404
            GET  | /api/v1/persistence/flush             |              | 405
            GET  | /nowhere                              | wrong        | 404
            """)
    void request_isJudgedByItsTokenBeforeItsContent(String method, String target, String token, int status) {
        try (RawClient client = station.connect()) {
            client.send(method + " " + target + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                    + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n");
            assertEquals(status, client.reply(!method.equals("HEAD")).status());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                                                  | 401 | Bearer realm="persistence"
            Authorization: Basic dXNlcjpwdw==                                  | 401 | Bearer realm="persistence"
            Authorization: Bearer                                              | 401 | Bearer realm="persistence"
            Authorization: Bearer wrong                                        | 401 | Bearer realm="persistence", error="invalid_token"
            Authorization: Bearer reader-tokenn                                | 401 | Bearer realm="persistence", error="invalid_token"
            Authorization: Bearer reader-token reader-token                    | 401 | Bearer realm="persistence", error="invalid_token"
            Authorization: Bearer reader-token\\nAuthorization: Bearer wrong   | 401 | Bearer realm="persistence", error="invalid_token"
            Authorization: Bearer writer-token                                 | 403 | Bearer realm="persistence", error="insufficient_scope", scope="read"
            authorization: bearer  reader-token                                | 200 | -
            """)
    void credentials_areChallengedWhereTheyDoNotDo(String header, int status, String challenge) {
        try (RawClient client = station.connect()) {
            client.send("GET /api/v1/persistence/stats HTTP/1.1\r\nHost: a\r\n"
                    + (header == null ? "" : header.replace("\\n", "\r\n") + "\r\n") + "\r\n");
            RawClient.Reply reply = client.reply();
            assertEquals(status, reply.status());
            assertEquals(challenge, reply.headers().get("www-authenticate"));
            assertFalse(reply.body().contains("-token"), reply.body());
        }
    }

    @Test
    void refusedBody_isDroppedAndTheConnectionGoesOn() {
        try (RawClient client = station.connect()) {
            client.send("POST " + Station.SESSIONS + " HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n"
                    + "x".repeat(90_000) + "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
            RawClient.Reply refusal = client.reply();
            assertEquals(401, refusal.status());
            assertEquals("application/problem+json", refusal.headers().get("content-type"));
            assertEquals(200, client.reply().status());
        }
    }

    @Test
    void clientThatWaitsToBeTold_isRefusedBeforeItsBody() {
        try (RawClient client = station.connect()) {
            client.send("POST " + Station.SESSIONS
                    + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 90000\r\n\r\n");
            RawClient.Reply refusal = client.reply();
            assertEquals(401, refusal.status());
            assertTrue(refusal.closes());
        }
    }

    @Test
    void changedFile_isReadAgain() throws Exception {
        String entry = Token.of("later", "read", "later-token").entry();
        Path next = Files.writeString(
                folder.resolve("next"), "# of people\n\n" + entry + " # new\n" + Files.readString(file));
        assertEquals(401, stats("later-token"));
        Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        await().until(() -> stats("later-token") == 200);
        assertEquals(200, stats(READER));
    }

    @Test
    void openApi_describesTheTokens() {
        String document = station.send(station.request("/openapi.json").header("Authorization", "Bearer " + ALL))
                .join()
                .body();
        assertTrue(
                document.contains("\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\""), document);
        assertTrue(document.contains("\"security\":[{\"token\":[\"flush\"]}]"), document);
    }

    private static int stats(String token) {
        return station.send(station.request("/api/v1/persistence/stats").header("Authorization", "Bearer " + token))
                .join()
                .statusCode();
    }
}
