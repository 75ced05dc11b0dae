package dev.persistence;

import static dev.persistence.telemetry.registry.Family.BUILD;
import static dev.persistence.telemetry.registry.Family.DRAINING;
import static dev.persistence.telemetry.registry.Family.FLUSH_INTERVAL;
import static dev.persistence.telemetry.registry.Family.FLUSH_THRESHOLD;
import static dev.persistence.telemetry.registry.Family.HTTP_BODY_BYTES;
import static dev.persistence.telemetry.registry.Family.HTTP_BODY_BYTES_LIMIT;
import static dev.persistence.telemetry.registry.Family.HTTP_CONNECTIONS;
import static dev.persistence.telemetry.registry.Family.HTTP_CONNECTIONS_LIMIT;
import static dev.persistence.telemetry.registry.Family.HTTP_REQUESTS_IN_PROGRESS;
import static dev.persistence.telemetry.registry.Family.NETTY_DIRECT_MEMORY;
import static dev.persistence.telemetry.registry.Family.NETTY_DIRECT_MEMORY_LIMIT;
import static dev.persistence.telemetry.registry.Family.OLDEST_UNWRITTEN;
import static dev.persistence.telemetry.registry.Family.POOL_CONNECTIONS;
import static dev.persistence.telemetry.registry.Family.POOL_CONNECTIONS_LIMIT;
import static dev.persistence.telemetry.registry.Family.POOL_WAITING;
import static dev.persistence.telemetry.registry.Family.RING_FREE_SLOTS;
import static dev.persistence.telemetry.registry.Family.RING_SLOTS;
import static dev.persistence.telemetry.registry.Family.TLS_FAILED_HANDSHAKES;
import static dev.persistence.telemetry.registry.Family.UNWRITTEN_BYTES;
import static dev.persistence.telemetry.registry.Family.UNWRITTEN_BYTES_LIMIT;

import dev.persistence.batch.BufferSettings;
import dev.persistence.http.DirectMemory;
import dev.persistence.http.HttpServer;
import dev.persistence.http.security.Security;
import dev.persistence.mysql.ConnectionPool;
import dev.persistence.ring.RecordRing;
import dev.persistence.telemetry.registry.Registry;

/** Publishes what the stations keep themselves: each value is read where it lives, when somebody looks. */
final class Figures {

    private final Registry registry;

    Figures(Registry registry) {
        this.registry = registry;
    }

    void build(String version) {
        registry.gauge(BUILD, () -> 1, version);
    }

    void settings(BufferSettings buffer) {
        registry.gauge(FLUSH_INTERVAL, () -> buffer.flushInterval().toNanos() / 1e9);
        registry.gauge(FLUSH_THRESHOLD, buffer::maxBufferSize);
    }

    void ring(RecordRing ring) {
        registry.gauge(RING_SLOTS, ring::size);
        registry.gauge(RING_FREE_SLOTS, ring::remaining);
        registry.gauge(UNWRITTEN_BYTES, ring::unwrittenBytes);
        registry.gauge(UNWRITTEN_BYTES_LIMIT, ring::maxUnwrittenBytes);
        registry.gauge(OLDEST_UNWRITTEN, () -> ring.oldestUnwrittenMillis() / 1e3);
    }

    void pool(ConnectionPool pool) {
        registry.gauge(POOL_CONNECTIONS, pool::active, "active");
        registry.gauge(POOL_CONNECTIONS, pool::idle, "idle");
        registry.gauge(POOL_CONNECTIONS_LIMIT, pool::limit);
        registry.gauge(POOL_WAITING, pool::waiting);
    }

    void http(HttpServer http, Security security) {
        registry.gauge(HTTP_CONNECTIONS, http::connections);
        registry.gauge(HTTP_CONNECTIONS_LIMIT, http::connectionsLimit);
        registry.gauge(HTTP_REQUESTS_IN_PROGRESS, http::requestsInProgress);
        registry.gauge(HTTP_BODY_BYTES, http::receivedBytes);
        registry.gauge(HTTP_BODY_BYTES_LIMIT, http::receivedBytesLimit);
        registry.gauge(NETTY_DIRECT_MEMORY, DirectMemory::used);
        registry.gauge(NETTY_DIRECT_MEMORY_LIMIT, DirectMemory::limit);
        registry.gauge(DRAINING, () -> http.draining() ? 1 : 0);
        registry.counter(
                TLS_FAILED_HANDSHAKES,
                () -> security.tls().map(tls -> tls.failedHandshakes()).orElse(0L));
    }
}
