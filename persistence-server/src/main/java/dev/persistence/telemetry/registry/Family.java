package dev.persistence.telemetry.registry;

import static dev.persistence.telemetry.registry.Kind.COUNTER;
import static dev.persistence.telemetry.registry.Kind.COUNTS;
import static dev.persistence.telemetry.registry.Kind.GAUGE;
import static dev.persistence.telemetry.registry.Kind.INFO;
import static dev.persistence.telemetry.registry.Kind.TIMES;

import java.util.List;

/**
 * Every figure of the service. Times and bytes are in base units in Prometheus; JMX shows times in milliseconds where they
 * are distributions. The Prometheus name of a counter is given without {@code _total}, that of an info without {@code _info}.
 */
public enum Family {
    HTTP_REQUESTS(COUNTER, "http", "requests", "http_requests", "Requests answered", "route", "status"),
    HTTP_RESPONSE_TIME(
            TIMES,
            "http",
            "response-time",
            "http_response_time_seconds",
            "From the head of a request to its answer",
            "route"),
    HTTP_CONNECTIONS(GAUGE, "http", "connections", "http_connections", "Open connections"),
    HTTP_CONNECTIONS_LIMIT(
            GAUGE, "http", "connections-limit", "http_connections_limit", "Connections that may be open"),
    HTTP_REQUESTS_IN_PROGRESS(
            GAUGE, "http", "requests-in-progress", "http_requests_in_progress", "Requests that are not answered yet"),
    HTTP_BODY_BYTES(GAUGE, "http", "body-bytes", "http_body_bytes", "Memory of the bodies being received"),
    HTTP_BODY_BYTES_LIMIT(
            GAUGE, "http", "body-bytes-limit", "http_body_bytes_limit", "Memory that bodies being received may take"),
    TLS_FAILED_HANDSHAKES(
            COUNTER, "http", "failed-handshakes", "tls_failed_handshakes", "TLS handshakes that did not succeed"),

    DECODE_TIME(TIMES, "decode", "time", "decode_time_seconds", "Decoding of a batch request, well-formed or not"),
    UNKNOWN_FIELDS(
            COUNTER, "decode", "unknown-fields", "unknown_fields", "Fields that no record type declares, and ignored"),

    RECORDS_ACCEPTED(COUNTER, "records", "accepted", "records_accepted", "Records taken onto the ring", "type"),
    RECORDS_WRITTEN(COUNTER, "records", "written", "records_written", "Records whose row is committed", "type"),
    RECORDS_MERGED(
            COUNTER,
            "records",
            "merged",
            "records_merged",
            "Written records that shared the row of another record of their key",
            "type"),
    RECORDS_DEAD_LETTERED(
            COUNTER,
            "records",
            "dead-lettered",
            "records_dead_lettered",
            "Lost or refused records that are kept in a file",
            "type"),
    RECORDS_REFUSED(
            COUNTER,
            "records",
            "refused",
            "records_refused",
            "Records that the database refused one by one",
            "type",
            "reason"),
    RECORDS_LOST(COUNTER, "records", "lost", "records_lost", "Records given up with their batch", "type", "reason"),
    RECORDS_UNWRITTEN(
            GAUGE, "records", "unwritten", "records_unwritten", "Records in memory, which a crash would lose", "type"),
    ROWS_WRITTEN(COUNTER, "records", "rows", "rows_written", "Rows sent and committed"),

    FLUSHES(COUNTER, "flush", "count", "flushes", "Flushes, by why they began", "reason"),
    FLUSHES_FAILED(
            COUNTER, "flush", "failed", "flushes_failed", "Flushes whose batch was lost, by the reason", "reason"),
    FLUSH_TIME(TIMES, "flush", "time", "flush_time_seconds", "A flush from its beginning to its end"),
    FLUSH_RECORDS(COUNTS, "flush", "records", "flush_records", "Records of a flush"),
    FLUSH_ROWS(COUNTS, "flush", "rows", "flush_rows", "Rows of a flush, after merging"),
    COMMIT_TIME(TIMES, "flush", "commit-time", "commit_time_seconds", "The commit of a flush"),
    TRANSACTION_RETRIES(
            COUNTER,
            "flush",
            "retries",
            "transaction_retries",
            "Transactions repeated after a deadlock or a lock-wait time-out"),
    LAST_FLUSH(
            GAUGE,
            "flush",
            "last",
            "last_flush_timestamp_seconds",
            "When the last flush ended, in seconds since 1970; 0 before the first"),
    FLUSH_INTERVAL(
            GAUGE,
            "flush",
            "interval",
            "flush_interval_seconds",
            "Age of the oldest record that makes a flush due (buffer.flush-interval)"),
    FLUSH_THRESHOLD(
            GAUGE,
            "flush",
            "records-threshold",
            "flush_records_threshold",
            "Records of one type that make a flush due (buffer.max-buffer-size)"),

    RING_SLOTS(GAUGE, "ring", "slots", "ring_slots", "Records that the ring holds (buffer.ring-size)"),
    RING_FREE_SLOTS(GAUGE, "ring", "free-slots", "ring_free_slots", "Records that the ring has room for"),
    UNWRITTEN_BYTES(GAUGE, "ring", "unwritten-bytes", "unwritten_bytes", "Bytes of all unwritten records"),
    UNWRITTEN_BYTES_LIMIT(
            GAUGE,
            "ring",
            "unwritten-bytes-limit",
            "unwritten_bytes_limit",
            "Bytes that unwritten records may have (buffer.max-unwritten-bytes)"),
    OLDEST_UNWRITTEN(
            GAUGE,
            "ring",
            "oldest-unwritten",
            "oldest_unwritten_seconds",
            "Age of the oldest unwritten record; 0 where there is none"),

    POOL_CONNECTIONS(GAUGE, "pool", "connections", "pool_connections", "Connections to the database", "state"),
    POOL_CONNECTIONS_LIMIT(
            GAUGE,
            "pool",
            "connections-limit",
            "pool_connections_limit",
            "Connections to the database that may be open (database.pool-size)"),
    POOL_WAITING(GAUGE, "pool", "waiting", "pool_waiting", "Threads that wait for a connection to the database"),
    POOL_TIMEOUTS(
            COUNTER, "pool", "timeouts", "pool_timeouts", "Waits for a connection to the database that were in vain"),
    POOL_ACQUIRE_TIME(
            TIMES, "pool", "acquire-time", "pool_acquire_time_seconds", "Waits for a connection to the database"),

    NETTY_DIRECT_MEMORY(
            GAUGE, "netty", "direct-memory", "netty_direct_memory_bytes", "Memory outside the heap that Netty holds"),
    NETTY_DIRECT_MEMORY_LIMIT(
            GAUGE,
            "netty",
            "direct-memory-limit",
            "netty_direct_memory_limit_bytes",
            "Memory outside the heap that Netty may hold"),

    DRAINING(GAUGE, "service", "draining", "draining", "1 while the service is stopping, else 0"),
    BUILD(INFO, "service", "build", "build", "The version of the service", "version");

    private static final String PREFIX = "persistence_";

    private final Kind kind;
    private final String group;
    private final String name;
    private final String prometheusName;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // from List.of
    private final List<String> labels;

    Family(Kind kind, String group, String name, String prometheusName, String help, String... labels) {
        this.kind = kind;
        this.group = group;
        this.name = name;
        this.prometheusName = PREFIX + prometheusName;
        this.help = help;
        this.labels = List.of(labels);
    }

    public Kind kind() {
        return kind;
    }

    /** The key {@code type} of its JMX object name. */
    public String group() {
        return group;
    }

    /** The key {@code name} of its JMX object name. */
    public String jmxName() {
        return name;
    }

    /** Its name in Prometheus, without the suffix that says its kind. */
    public String prometheusName() {
        return prometheusName;
    }

    /** What it tells, in one line. */
    public String help() {
        return help;
    }

    /** Names of its labels, in the order in which values are given. */
    public List<String> labels() {
        return labels;
    }
}
