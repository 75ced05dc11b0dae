package dev.persistence.mysql;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * What a failure of the database means for the batch: the one place that looks at SQL states and vendor codes.
 *
 * @param kind what to do
 * @param words why, in our own words: the server's may hold what clients sent
 * @param codes SQL state and vendor code
 * @param connectionUnusable whether the connection must not be used again
 * @param unknownOutcome whether the transaction may have been committed after all
 */
record SqlFailure(Kind kind, String words, String codes, boolean connectionUnusable, boolean unknownOutcome) {

    /** Our own doing: the service stops and waits for the database no longer. */
    static final SqlFailure GIVEN_UP = new SqlFailure(
            Kind.ENVIRONMENT, "the service stops, and the database did not take it in time", "none", true, false);

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

    /** Lock conflicts, after which the transaction is to be repeated. 3101: group replication rolled it back. */
    private static final Set<Integer> AGAIN = Set.of(1213, 1205, 1020, 3101);

    /** After these errors of a commit the server has rolled back. */
    private static final Set<Integer> ROLLED_BACK_AT_COMMIT = Set.of(1213, 1020, 3101);

    /** The server is no longer the right one (read-only after a failover, or going down). */
    private static final Set<Integer> WRONG_SERVER = Set.of(1290, 1792, 1836, 1053, 1927, 4031);

    private static final int PACKET_TOO_LARGE = 1153;

    private static final Map<Integer, String> ROW_WORDS = Map.ofEntries(
            Map.entry(1048, "a column of the table takes no NULL"),
            Map.entry(1062, "another row has the same value in a unique index"),
            Map.entry(1118, "the row is too large for the table"),
            Map.entry(1216, "a foreign key does not allow it"),
            Map.entry(1264, "a number is out of the column's range"),
            Map.entry(1265, "a value does not fit its column"),
            Map.entry(1292, "a value is not valid for its column"),
            Map.entry(1300, "a text holds characters that the column cannot"),
            Map.entry(1301, "a value is larger than the server's max_allowed_packet"),
            Map.entry(1364, "a column of the table has no default and was not sent"),
            Map.entry(1366, "a text holds characters that the column cannot"),
            Map.entry(1369, "a view's check option does not allow it"),
            Map.entry(1406, "a value is too long for its column"),
            Map.entry(1411, "a value is not valid for its column"),
            Map.entry(1451, "a foreign key does not allow it"),
            Map.entry(1452, "a foreign key does not allow it"),
            Map.entry(1526, "the table has no partition for it"),
            Map.entry(1557, "a foreign key does not allow it"),
            Map.entry(1644, "a trigger of the table does not allow it"),
            Map.entry(1690, "a number is out of range"),
            Map.entry(1977, "a text holds characters that the column cannot"),
            Map.entry(3140, "a JSON value is not valid for its column"),
            Map.entry(3156, "a JSON value is not valid for its column"),
            Map.entry(3157, "a JSON value is too deep for its column"),
            Map.entry(3751, "a value does not fit a functional index"),
            Map.entry(3752, "a value does not fit a functional index"),
            Map.entry(3819, "a check constraint does not allow it"),
            Map.entry(3854, "a text holds characters that the column cannot"),
            Map.entry(3988, "a text holds characters that the column cannot"),
            Map.entry(4025, "a check constraint does not allow it"));

    private static final Map<Integer, String> ENVIRONMENT_WORDS = Map.ofEntries(
            Map.entry(1021, "the database's disk is full"),
            Map.entry(1028, "the database's disk failed or is full"),
            Map.entry(1040, "the database has no connection free"),
            Map.entry(1044, "the database user may not use the database"),
            Map.entry(1045, "the database refused the user or password"),
            Map.entry(1049, "the database does not exist"),
            Map.entry(1053, "the database is shutting down"),
            Map.entry(1054, "a declared column is gone from the table"),
            Map.entry(1114, "the table or the database's disk is full"),
            Map.entry(1142, "the database user lacks a privilege"),
            Map.entry(1143, "the database user lacks a privilege"),
            Map.entry(1146, "the table is gone"),
            Map.entry(1290, "the database is read-only"),
            Map.entry(1317, "the statement was stopped on the server"),
            Map.entry(1665, "the database's binlog_format is STATEMENT (expected ROW or MIXED)"),
            Map.entry(1698, "the database refused the user or password"),
            Map.entry(1792, "the database is read-only"),
            Map.entry(1836, "the database is read-only"),
            Map.entry(1927, "the database closed the connection"),
            Map.entry(3024, "the statement was stopped on the server"),
            Map.entry(3100, "the database's replication refused the transaction"),
            Map.entry(4031, "the database closed the connection"));

    /** What the failure of a statement means. */
    static SqlFailure of(SQLException failure) {
        String state = state(failure);
        int code = failure.getErrorCode();
        boolean unusable = state.startsWith("08") || WRONG_SERVER.contains(code);
        return new SqlFailure(kind(failure, state, code), words(failure, state, code), codes(failure), unusable, false);
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
                true);
    }

    private static boolean rolledBack(SQLException failure) {
        return ROLLED_BACK_AT_COMMIT.contains(failure.getErrorCode())
                || state(failure).startsWith("40");
    }

    private static Kind kind(SQLException failure, String state, int code) {
        if (isTooLarge(failure)) {
            return Kind.TOO_LARGE;
        } else if (AGAIN.contains(code) || state.equals("40001")) {
            return Kind.AGAIN;
        } else if (WRONG_SERVER.contains(code)) {
            return Kind.ENVIRONMENT;
        } else if (ROW_WORDS.containsKey(code) || isRowState(state)) {
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
        String known = ROW_WORDS.getOrDefault(code, ENVIRONMENT_WORDS.get(code));
        if (known != null) {
            return known;
        } else if (AGAIN.contains(code) || state.equals("40001")) {
            return code == 1205 ? "a lock was not free in time" : "a deadlock with another transaction";
        } else if (isRowState(state)) {
            return "the database does not allow the row";
        } else if (failure instanceof java.sql.SQLTransientConnectionException) {
            return "the database gave no connection in time";
        } else if (state.startsWith("08")) {
            return "the connection to the database failed";
        }
        return "the database reported a failure";
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

    /** Words and codes; holds no secret and no user text. */
    String reason() {
        return words + " (" + codes + ")";
    }
}
