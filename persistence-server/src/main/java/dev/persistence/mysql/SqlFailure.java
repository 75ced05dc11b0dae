package dev.persistence.mysql;

import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RefusalReason;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/**
 * What a failure of the database means for the batch: the one place that looks at SQL states and vendor codes.
 *
 * @param kind what to do
 * @param words why, in our own words: the server's may hold what clients sent
 * @param codes SQL state and vendor code
 * @param connectionUnusable whether the connection must not be used again
 * @param loss why the batch is lost, if it is given up for this
 * @param refusal why the row is refused, if it stands alone
 */
record SqlFailure(
        Kind kind, String words, String codes, boolean connectionUnusable, LossReason loss, RefusalReason refusal) {

    /** Our own doing: the service stops and waits for the database no longer. */
    static final SqlFailure GIVEN_UP = new SqlFailure(
            Kind.ENVIRONMENT,
            "the service stops, and the database did not take it in time",
            "none",
            true,
            LossReason.SHUTDOWN,
            RefusalReason.OTHER);

    enum Kind {
        /** A row is to blame: the statement is halved until it stands alone. */
        ROW,
        /** The statement is larger than a packet: halved as well. */
        TOO_LARGE,
        /** A deadlock or a lock-wait time-out: the whole transaction is repeated at once. */
        AGAIN,
        /** Everything else: the batch is given up, and no row is blamed. */
        ENVIRONMENT
    }

    /**
     * Conflicts with other transactions, after which this one is to be repeated. Deadlock (1213) is also what Galera says
     * of a transaction that another node's came before, be it at a statement or at the commit ("Diagnosing multi-master
     * conflicts" in its documentation). 3101: group replication's certification refused it ("Server error reference" of
     * MySQL: {@code ER_TRANSACTION_ROLLBACK_DURING_COMMIT}). 8002, 8005, 8022, 8028, 9007: TiDB's write conflicts, after
     * which it has rolled back ("Error codes and troubleshooting" in its documentation).
     */
    private static final Set<Integer> AGAIN = Set.of(1213, 1205, 1020, 3101, 8002, 8005, 8022, 8028, 9007);

    /** After these errors of a commit the server has rolled back. */
    private static final Set<Integer> ROLLED_BACK_AT_COMMIT = Set.of(1213, 1020, 3101, 8002, 8005, 8022, 8028, 9007);

    /**
     * The server is no longer the right one: read-only after a fail-over (1290, 1792, 1836), going down (1053), off for
     * users (3032), cut off from its cluster (1047 of Galera; 3100 of group replication, whose plugin refused the
     * transaction), or it closed the connection (1927, 4031).
     */
    private static final Set<Integer> WRONG_SERVER = Set.of(1290, 1792, 1836, 1053, 3032, 1047, 3100, 1927, 4031);

    private static final int PACKET_TOO_LARGE = 1153;

    /** What the failure of a statement means. */
    static SqlFailure of(SQLException failure) {
        String state = state(failure);
        int code = failure.getErrorCode();
        boolean unusable = state.startsWith("08") || WRONG_SERVER.contains(code);
        return new SqlFailure(
                kind(failure, state, code),
                words(failure, state, code),
                codes(failure),
                unusable,
                loss(failure, state, code),
                refusal(failure, state, code));
    }

    /** What the failure of the commit means: unless the server says that it rolled back, nobody knows the outcome. */
    static SqlFailure ofCommit(SQLException failure) {
        SqlFailure seen = of(failure);
        if (rolledBack(failure)) {
            return seen;
        }
        return new SqlFailure(
                Kind.ENVIRONMENT,
                seen.words + " during the commit; whether it took effect is unknown",
                seen.codes,
                true,
                LossReason.UNKNOWN_OUTCOME,
                seen.refusal);
    }

    private static boolean rolledBack(SQLException failure) {
        return ROLLED_BACK_AT_COMMIT.contains(failure.getErrorCode())
                || state(failure).startsWith("40");
    }

    private static Kind kind(SQLException failure, String state, int code) {
        if (isTooLarge(failure)) {
            return Kind.TOO_LARGE;
        } else if (isConflict(state, code)) {
            return Kind.AGAIN;
        } else if (WRONG_SERVER.contains(code)) {
            return Kind.ENVIRONMENT;
        } else if (SqlErrors.OF_ROWS.containsKey(code) || isRowState(state)) {
            return Kind.ROW;
        }
        return Kind.ENVIRONMENT;
    }

    /** Data exceptions, constraints, check options of views, and what triggers signal. */
    private static boolean isRowState(String state) {
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("44") || state.startsWith("45");
    }

    /** The driver looks before it sends, and says so with a state of a broken connection, which it is not. */
    private static boolean isTooLarge(SQLException failure) {
        return failure instanceof com.mysql.cj.jdbc.exceptions.PacketTooBigException
                || failure.getErrorCode() == PACKET_TOO_LARGE;
    }

    private static String words(SQLException failure, String state, int code) {
        if (isTooLarge(failure)) {
            return "the row is larger than the server's max_allowed_packet";
        }
        if (SqlErrors.OF_ROWS.containsKey(code)) {
            return SqlErrors.OF_ROWS.get(code).words();
        } else if (SqlErrors.OF_SERVER.containsKey(code)) {
            return SqlErrors.OF_SERVER.get(code).words();
        } else if (isConflict(state, code)) {
            return code == 1205 ? "a lock was not free in time" : "a conflict with another transaction";
        } else if (isRowState(state)) {
            return "the database does not allow the row";
        } else if (failure instanceof SQLTransientConnectionException) {
            return "the database gave no connection in time";
        } else if (state.startsWith("08")) {
            return "the connection to the database failed";
        }
        return "the database reported a failure";
    }

    private static LossReason loss(SQLException failure, String state, int code) {
        if (SqlErrors.OF_SERVER.containsKey(code)) {
            return SqlErrors.OF_SERVER.get(code).reason();
        } else if (isConflict(state, code)) {
            return LossReason.CONFLICT;
        } else if (failure instanceof SQLTransientConnectionException) {
            return LossReason.UNREACHABLE;
        }
        return state.startsWith("08") ? LossReason.CONNECTION : LossReason.DATABASE;
    }

    private static RefusalReason refusal(SQLException failure, String state, int code) {
        if (isTooLarge(failure)) {
            return RefusalReason.TOO_LARGE;
        }
        return SqlErrors.OF_ROWS.containsKey(code)
                ? SqlErrors.OF_ROWS.get(code).reason()
                : SqlErrors.reasonOfRowState(state);
    }

    private static boolean isConflict(String state, int code) {
        return AGAIN.contains(code) || state.equals("40001");
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    static String codes(SQLException failure) {
        String state = state(failure);
        return "SQL state " + (state.isEmpty() ? "none" : state) + ", error " + failure.getErrorCode();
    }

    /** Whether the statement is to be halved. */
    boolean blamesRows() {
        return kind == Kind.ROW || kind == Kind.TOO_LARGE;
    }

    /** Whether the transaction may have been committed after all. */
    boolean unknownOutcome() {
        return loss == LossReason.UNKNOWN_OUTCOME;
    }

    /** Words and codes; holds no secret and no user text. */
    String reason() {
        return words + " (" + codes + ")";
    }
}
