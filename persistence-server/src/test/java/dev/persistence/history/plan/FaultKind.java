package dev.persistence.history.plan;

/** What can go wrong on purpose. */
public enum FaultKind {
    /** Between a service and the database. */
    DATABASE_LATENCY,
    DATABASE_STALL,
    DATABASE_RESET,
    DATABASE_STATEMENT_CUT,
    DATABASE_COMMIT_CUT,
    DATABASE_COMMIT_ANSWER_CUT,
    DATABASE_BLACKHOLE,
    DATABASE_HALF_CLOSE,
    /** Between the clients and a service. */
    CLIENT_LATENCY,
    CLIENT_STALL,
    CLIENT_RESET,
    CLIENT_ANSWER_CUT,
    CLIENT_HALF_CLOSE,
    /** The database itself. */
    DATABASE_PAUSE,
    DATABASE_KILL,
    DATABASE_CONNECTION_KILLS,
    DATABASE_READ_ONLY,
    ROWS_LOCKED,
    DEADLOCKS,
    /** The service itself; it is started again. */
    SERVICE_TERM,
    SERVICE_KILL,
    SERVICE_PAUSE;

    /** Whether the process of the service ends by it. */
    public boolean endsService() {
        return this == SERVICE_TERM || this == SERVICE_KILL;
    }
}
