package dev.persistence.http.openapi;

/** The paths of the service, exact, as they are routed and described. */
public final class Paths {

    public static final String ROOT = "/";
    public static final String OPEN_API = "/openapi.json";
    public static final String METRICS = "/metrics";
    public static final String HEALTH = "/health";
    public static final String LIVE = "/health/live";
    public static final String READY = "/health/ready";
    public static final String FLUSH = "/api/v1/persistence/flush";
    public static final String STATS = "/api/v1/persistence/stats";
    public static final String STATUS = "/api/v1/persistence/status";
    private static final String BATCH_PREFIX = "/api/v1/persistence/";
    private static final String BATCH_SUFFIX = "/batch";

    private Paths() {}

    /** Where batches of a record type go. */
    public static String batch(String type) {
        return BATCH_PREFIX + type + BATCH_SUFFIX;
    }

    /** Whether a batch path has this form, whatever the type in it. */
    public static boolean isBatch(String path) {
        return path.startsWith(BATCH_PREFIX)
                && path.endsWith(BATCH_SUFFIX)
                && path.lastIndexOf('/') == path.indexOf('/', BATCH_PREFIX.length());
    }
}
