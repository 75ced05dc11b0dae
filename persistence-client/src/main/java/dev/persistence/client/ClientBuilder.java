package dev.persistence.client;

import dev.persistence.client.buffer.Bounds;
import dev.persistence.client.http.Target;
import dev.persistence.client.measure.ClientMetrics;
import dev.persistence.client.record.ChangeStamp;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Builds a {@link PersistenceClient}. Everything but the address has a default. An impossible value is refused at once, with
 * an {@link IllegalArgumentException} that says what is expected. One thread.
 */
public final class ClientBuilder {

    private static final Duration LONGEST = Duration.ofDays(1);

    private final URI service;
    private Optional<String> token = Optional.empty();
    private Optional<SSLContext> tls = Optional.empty();
    private Optional<String> stamped = Optional.empty();
    private ClientMetrics metrics = ClientMetrics.NONE;
    private int sendRecords = 100;
    private Duration sendAge = Duration.ofSeconds(1);
    private int maxRecords = 10_000;
    private long maxBytes = 16L * 1024 * 1024;
    private Duration requestTimeout = Duration.ofSeconds(2);
    private Duration flushTimeout = Duration.ofSeconds(10);
    private Duration writeTimeout = Duration.ofSeconds(10);
    private Duration closeTimeout = Duration.ofSeconds(5);

    ClientBuilder(URI service) {
        this.service = Objects.requireNonNull(service, "service");
    }

    /** The token, where the service asks for one: with the right {@code write}, and {@code flush} for flushes. */
    public ClientBuilder token(String value) {
        token = Optional.of(value);
        return this;
    }

    /** Whom to trust, and which certificate to show, over {@code https}. Without it: as Java does by default. */
    public ClientBuilder tls(SSLContext context) {
        tls = Optional.of(context);
        return this;
    }

    /**
     * So many waiting records are sent at once, without waiting for {@link #sendEvery}. 100 by default; 1 to 1000, which is
     * also the most that one request has.
     */
    public ClientBuilder sendAt(int records) {
        sendRecords = within("sendAt", records, 1, 1000);
        return this;
    }

    /** A record waits so long at most before it is sent. 1 s by default. */
    public ClientBuilder sendEvery(Duration age) {
        sendAge = positive("sendEvery", age);
        return this;
    }

    /** So many records may wait; beyond, the oldest is dropped. 10,000 by default, and at least as many as {@link #sendAt}. */
    public ClientBuilder maxRecords(int records) {
        maxRecords = within("maxRecords", records, 1, Integer.MAX_VALUE);
        return this;
    }

    /**
     * So many bytes of records, as JSON, may wait; beyond, the oldest is dropped. 16 MiB by default. One request that is
     * under way comes on top: its records, its body, and that packed.
     */
    public ClientBuilder maxBytes(long bytes) {
        if (bytes < 1024) {
            throw new IllegalArgumentException("maxBytes: " + bytes + " (expected 1024 or more)");
        }
        maxBytes = bytes;
        return this;
    }

    /** The time for each request in the background, all of it. 2 s by default. */
    public ClientBuilder requestTimeout(Duration time) {
        requestTimeout = positive("requestTimeout", time);
        return this;
    }

    /** The time for {@link PersistenceClient#flush()}, all of it. 10 s by default. */
    public ClientBuilder flushTimeout(Duration time) {
        flushTimeout = positive("flushTimeout", time);
        return this;
    }

    /**
     * The time for {@link PersistenceClient#writeAndWait}, all of it. 10 s by default. Where the service holds batches while
     * the database is away ({@code buffer.hold-for}), it should be longer than that.
     */
    public ClientBuilder writeTimeout(Duration time) {
        writeTimeout = positive("writeTimeout", time);
        return this;
    }

    /** The time in which {@link PersistenceClient#close()} sends what waits. 5 s by default. */
    public ClientBuilder closeTimeout(Duration time) {
        closeTimeout = positive("closeTimeout", time);
        return this;
    }

    /**
     * Puts the moment at which they are given to this client into records that carry none, or null, under this name: UTC,
     * in microseconds, each later than the one before. Off by default. It is wanted where several instances of the service
     * stand behind a balancer: without it the service takes the moment of arrival, and a record that was held up on its way
     * to one instance would win over a later one that went to another. The name is that of the type's {@code change-time}
     * column; {@code updated_at} for the types that are shipped.
     */
    public ClientBuilder stampChanges(String field) {
        stamped = Optional.of(field);
        return this;
    }

    /** Whom to tell what the client does. Nobody by default. */
    public ClientBuilder metrics(ClientMetrics hooks) {
        metrics = Objects.requireNonNull(hooks, "metrics");
        return this;
    }

    /** Starts the client; it connects when there is something to send. */
    public PersistenceClient build() {
        if (maxRecords < sendRecords) {
            throw new IllegalArgumentException("maxRecords: " + maxRecords + " (expected at least sendAt, "
                    + sendRecords + ": otherwise records would be dropped before they are sent)");
        }
        return PersistenceClient.start(new Settings(
                new Target(service, token, tls),
                new Bounds(sendRecords, sendAge, maxRecords, maxBytes),
                new Settings.Timeouts(requestTimeout, flushTimeout, writeTimeout, closeTimeout),
                stamped.map(field -> new ChangeStamp(field, InstantSource.system())),
                metrics));
    }

    private static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected " + least + " to " + most + ")");
        }
        return value;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected more than 0, and at most " + LONGEST + ")");
        }
        return value;
    }
}
