package dev.persistence.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Every setting of the service. A new one is one constant here and its use. */
public final class SettingTable {

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final long MIB = 1024 * 1024;

    public static final Setting<Integer> MAX_BUFFER_SIZE = row(
            "buffer.max-buffer-size",
            "MAX_BUFFER_SIZE",
            SettingParser.integer(1, 1 << 26),
            "1000",
            "Records of one type that make a flush due.");
    public static final Setting<Duration> FLUSH_INTERVAL = row(
            "buffer.flush-interval",
            "FLUSH_INTERVAL",
            SettingParser.duration(MILLISECOND, DAY),
            "30",
            "The longest that a record waits for a flush.");
    public static final Setting<Integer> RING_SIZE = row(
            "buffer.ring-size",
            "RING_SIZE",
            SettingParser.powerOfTwo(1 << 24),
            "65536",
            "Records that the buffer holds, a power of two; when it is full, requests are answered with 503.");
    public static final Setting<Long> MAX_UNWRITTEN_BYTES = row(
            "buffer.max-unwritten-bytes",
            "MAX_UNWRITTEN_BYTES",
            SettingParser.bytes(1, Long.MAX_VALUE / 2),
            Math.min(256, Runtime.getRuntime().maxMemory() / 4 / MIB) + " MiB",
            "Bytes of all accepted, unwritten records; over it, requests are answered with 503."
                    + " The default is 256 MiB, or a quarter of the heap where that is less.");
    public static final Setting<String> ON_DATABASE_FAILURE = row(
            "buffer.on-database-failure",
            "ON_DATABASE_FAILURE",
            SettingParser.oneOf("drop", "hold", "dead-letter"),
            "drop",
            "What becomes of a batch that the database cannot take: drop gives it up; hold tries again for a while;"
                    + " dead-letter keeps its records, and those that the database refuses, in files that can be sent again.");
    public static final Setting<Duration> HOLD_FOR = row(
            "buffer.hold-for",
            "HOLD_FOR",
            SettingParser.duration(MILLISECOND, DAY),
            "30",
            "How long hold tries again, from the batch's first failure on.");
    public static final Setting<String> DEAD_LETTER_DIR = row(
            "buffer.dead-letter-dir",
            "DEAD_LETTER_DIR",
            SettingParser.nonEmptyText("the path of a folder"),
            "dead-letter",
            "The folder of the files, TYPE.ndjson; where not absolute, in the service's own folder.");
    public static final Setting<Long> DEAD_LETTER_MAX_BYTES = row(
            "buffer.dead-letter-max-bytes",
            "DEAD_LETTER_MAX_BYTES",
            SettingParser.bytes(1, Long.MAX_VALUE / 2),
            "1 GiB",
            "Bytes of all files of that folder together; over it, records are lost.");

    public static final Setting<String> DATABASE_HOST = row(
            "database.host",
            "DB_HOST",
            SettingParser.nonEmptyText("a host name or address"),
            "localhost",
            "Where the database is.");
    public static final Setting<Integer> DATABASE_PORT =
            row("database.port", "DB_PORT", SettingParser.integer(1, 65535), "3306", "Its port.");
    public static final Setting<String> DATABASE_USER =
            row("database.user", "DB_USER", SettingParser.text(), "root", "Who logs in.");
    public static final Setting<String> DATABASE_PASSWORD =
            secret("database.password", "DB_PASSWORD", SettingParser.text(), "", "The password.");
    public static final Setting<Optional<String>> DATABASE_PASSWORD_FILE = row(
            "database.password-file",
            "DB_PASSWORD_FILE",
            SettingParser.optionalText("a readable file", ""),
            "",
            "A file that holds the password (a newline at its end is dropped); where given, it is used and not"
                    + " database.password.");
    public static final Setting<String> DATABASE_NAME = row(
            "database.name",
            "DB_DATABASE",
            SettingParser.nonEmptyText("the name of a database"),
            "ai_terminal",
            "The database that has the tables.");
    public static final Setting<Integer> DATABASE_POOL_SIZE = row(
            "database.pool-size",
            "DB_POOL_SIZE",
            SettingParser.integer(1, 1000),
            "10",
            "The most connections that are held open.");
    public static final Setting<Optional<String>> DATABASE_URL = secret(
            "database.url",
            "DB_URL",
            SettingParser.optionalText("a JDBC URL: jdbc:mysql://host:port/database?option=value", "jdbc:mysql:"),
            "",
            "A full JDBC URL, used instead of host, port and name.");
    public static final Setting<Boolean> DATABASE_MIGRATE = row(
            "database.migrate",
            "DB_MIGRATE",
            SettingParser.flag(),
            "true",
            "Whether the shipped tables are created and migrated at start.");

    public static final Setting<String> DATABASE_SSL_MODE = row(
            "database.ssl-mode",
            "DB_SSL_MODE",
            SettingParser.oneOf("DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY"),
            "PREFERRED",
            "TLS to the database: DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY.");
    public static final Setting<Optional<String>> DATABASE_SSL_CA = row(
            "database.ssl-ca",
            "DB_SSL_CA",
            SettingParser.optionalText("a readable file", ""),
            "",
            "The authority (PEM) that the database's certificate must come from, with VERIFY_CA and VERIFY_IDENTITY.");

    public static final Setting<String> HOST = row(
            "service.host",
            "SERVICE_HOST",
            SettingParser.nonEmptyText("a host name or address"),
            "0.0.0.0",
            "The address to listen on; 0.0.0.0 is every one.");
    public static final Setting<Integer> PORT = row(
            "service.port",
            "SERVICE_PORT",
            SettingParser.integer(0, 65535),
            "8001",
            "The port to listen on; 0 takes a free one.");
    public static final Setting<Long> MAX_REQUEST_BYTES = row(
            "service.max-request-bytes",
            "MAX_REQUEST_BYTES",
            SettingParser.bytes(1, 1024 * MIB),
            "10 MiB",
            "The largest body of a request, before and after decompression; over it: 413.");
    public static final Setting<Integer> MAX_RECORDS_PER_REQUEST = row(
            "service.max-records-per-request",
            "MAX_RECORDS_PER_REQUEST",
            SettingParser.integer(1, 1_000_000),
            "1000",
            "The most records in a request; over it: 413.");
    public static final Setting<Duration> REQUEST_TIMEOUT = row(
            "service.request-timeout",
            "REQUEST_TIMEOUT",
            SettingParser.duration(MILLISECOND, DAY),
            "30",
            "How long a request may take to arrive; over it: 408.");
    public static final Setting<Duration> IDLE_TIMEOUT = row(
            "service.idle-timeout",
            "IDLE_TIMEOUT",
            SettingParser.duration(MILLISECOND, DAY),
            "60",
            "How long a connection without a request stays open.");
    public static final Setting<Integer> MAX_CONNECTIONS = row(
            "service.max-connections",
            "MAX_CONNECTIONS",
            SettingParser.integer(1, 1_000_000),
            "10000",
            "The most connections of clients.");
    public static final Setting<Duration> FLUSH_TIMEOUT = row(
            "service.flush-timeout",
            "FLUSH_TIMEOUT",
            SettingParser.duration(MILLISECOND, DAY),
            "10",
            "How long a flush request waits; over it: 504.");
    public static final Setting<Duration> SHUTDOWN_TIMEOUT = row(
            "service.shutdown-timeout",
            "SHUTDOWN_TIMEOUT",
            SettingParser.duration(MILLISECOND, DAY),
            "30",
            "How long an orderly stop may take to write what was accepted.");
    public static final Setting<ZoneId> NAIVE_TIME_ZONE = row(
            "service.naive-time-zone",
            "NAIVE_TIME_ZONE",
            SettingParser.zone(),
            "UTC",
            "The time zone of timestamps that carry none.");

    public static final Setting<List<String>> TOKENS = secret(
            "service.tokens",
            "TOKENS",
            SettingParser.texts("entries of the form name:rights:sha256"),
            "",
            "The tokens that requests need, as name:rights:sha256 (rights: write+flush+read); persistence-server token"
                    + " makes one.");
    public static final Setting<Optional<String>> TOKENS_FILE = row(
            "service.tokens-file",
            "TOKENS_FILE",
            SettingParser.optionalText("a readable file", ""),
            "",
            "A file with further tokens, one a line; read again when it changes.");
    public static final Setting<Optional<String>> TLS_CERTIFICATE = row(
            "service.tls-certificate",
            "TLS_CERTIFICATE",
            SettingParser.optionalText("a readable file", ""),
            "",
            "The certificate (PEM, with its chain) to serve TLS with; read again when it changes.");
    public static final Setting<Optional<String>> TLS_KEY = row(
            "service.tls-key",
            "TLS_KEY",
            SettingParser.optionalText("a readable file", ""),
            "",
            "Its private key (PEM, PKCS#8, not encrypted).");
    public static final Setting<Optional<String>> TLS_CLIENT_CA = row(
            "service.tls-client-ca",
            "TLS_CLIENT_CA",
            SettingParser.optionalText("a readable file", ""),
            "",
            "The authorities (PEM) whose certificates clients must have; without it, they need none.");

    /** All settings, in the order in which people are shown them. */
    public static final List<Setting<?>> ALL = List.of(
            MAX_BUFFER_SIZE,
            FLUSH_INTERVAL,
            RING_SIZE,
            MAX_UNWRITTEN_BYTES,
            ON_DATABASE_FAILURE,
            HOLD_FOR,
            DEAD_LETTER_DIR,
            DEAD_LETTER_MAX_BYTES,
            DATABASE_HOST,
            DATABASE_PORT,
            DATABASE_USER,
            DATABASE_PASSWORD,
            DATABASE_PASSWORD_FILE,
            DATABASE_NAME,
            DATABASE_POOL_SIZE,
            DATABASE_URL,
            DATABASE_MIGRATE,
            DATABASE_SSL_MODE,
            DATABASE_SSL_CA,
            HOST,
            PORT,
            MAX_REQUEST_BYTES,
            MAX_RECORDS_PER_REQUEST,
            REQUEST_TIMEOUT,
            IDLE_TIMEOUT,
            MAX_CONNECTIONS,
            FLUSH_TIMEOUT,
            SHUTDOWN_TIMEOUT,
            NAIVE_TIME_ZONE,
            TOKENS,
            TOKENS_FILE,
            TLS_CERTIFICATE,
            TLS_KEY,
            TLS_CLIENT_CA);

    private SettingTable() {}

    static Optional<Setting<?>> named(String name) {
        return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }

    private static <T> Setting<T> row(
            String name, String environment, SettingParser<T> parser, String defaultValue, String meaning) {
        return new Setting<>(name, environment, parser, defaultValue, false, meaning);
    }

    private static <T> Setting<T> secret(
            String name, String environment, SettingParser<T> parser, String defaultValue, String meaning) {
        return new Setting<>(name, environment, parser, defaultValue, true, meaning);
    }
}
