package dev.persistence.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientBuilderTest {

    private static final URI SERVICE = URI.create("http://localhost:8001");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8001",
                "ftp://localhost",
                "http:///path",
                "http://localhost?a=b",
                "http://localhost#a",
                "http://user:secret@localhost"
            })
    void addressThatIsNone_isRefusedWithoutItsPassword(String address) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> PersistenceClient.builder(URI.create(address)).build())
                .getMessage();

        assertTrue(message.contains("expected http://host:port"), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void impossibleSettings_areRefusedByTheirNames() {
        Map<String, UnaryOperator<ClientBuilder>> impossible = Map.of(
                "sendAt: 0 (expected 1 to 1000)", builder -> builder.sendAt(0),
                "sendAt: 1001", builder -> builder.sendAt(1001),
                "sendEvery: PT0S (expected more than 0", builder -> builder.sendEvery(Duration.ZERO),
                "requestTimeout: PT-1S", builder -> builder.requestTimeout(Duration.ofSeconds(-1)),
                "maxRecords: 99 (expected at least sendAt, 100", builder -> builder.maxRecords(99),
                "maxBytes: 10 (expected 1024 or more)", builder -> builder.maxBytes(10),
                "the token", builder -> builder.token("se cret"));

        impossible.forEach((words, change) -> {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> change.apply(PersistenceClient.builder(SERVICE))
                                    .build())
                    .getMessage();
            assertTrue(message.startsWith(words), message);
            assertFalse(message.contains("cret"), message);
        });
    }
}
