package dev.persistence.mysql;

import static dev.persistence.telemetry.LossReason.CONNECTION;
import static dev.persistence.telemetry.LossReason.DATABASE;
import static dev.persistence.telemetry.LossReason.NO_SPACE;
import static dev.persistence.telemetry.LossReason.PRIVILEGE;
import static dev.persistence.telemetry.LossReason.READ_ONLY;
import static dev.persistence.telemetry.LossReason.SCHEMA;
import static dev.persistence.telemetry.LossReason.UNREACHABLE;
import static dev.persistence.telemetry.RefusalReason.CHECK;
import static dev.persistence.telemetry.RefusalReason.DUPLICATE;
import static dev.persistence.telemetry.RefusalReason.FOREIGN_KEY;
import static dev.persistence.telemetry.RefusalReason.INVALID_VALUE;
import static dev.persistence.telemetry.RefusalReason.NULL;
import static dev.persistence.telemetry.RefusalReason.OTHER;
import static dev.persistence.telemetry.RefusalReason.OUT_OF_RANGE;
import static dev.persistence.telemetry.RefusalReason.TOO_LARGE;
import static dev.persistence.telemetry.RefusalReason.TOO_LONG;
import static dev.persistence.telemetry.RefusalReason.TRIGGER;

import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RefusalReason;
import java.util.Map;

/** The servers' error codes that are known here, each with its reason and our words for it. */
final class SqlErrors {

    private SqlErrors() {}

    /** An error about a row. */
    record RowError(RefusalReason reason, String words) {}

    /** An error about the server, the schema or the connection. */
    record ServerError(LossReason reason, String words) {}

    static final Map<Integer, RowError> OF_ROWS = Map.ofEntries(
            row(1048, NULL, "a column of the table takes no NULL"),
            row(1062, DUPLICATE, "another row has the same value in a unique index"),
            row(1118, TOO_LARGE, "the row is too large for the table"),
            row(1216, FOREIGN_KEY, "a foreign key does not allow it"),
            row(1264, OUT_OF_RANGE, "a number is out of the column's range"),
            row(1265, INVALID_VALUE, "a value does not fit its column"),
            row(1292, INVALID_VALUE, "a value is not valid for its column"),
            row(1300, INVALID_VALUE, "a text holds characters that the column cannot"),
            row(1301, TOO_LARGE, "a value is larger than the server's max_allowed_packet"),
            row(1364, NULL, "a column of the table has no default and was not sent"),
            row(1366, INVALID_VALUE, "a text holds characters that the column cannot"),
            row(1369, CHECK, "a view's check option does not allow it"),
            row(1406, TOO_LONG, "a value is too long for its column"),
            row(1411, INVALID_VALUE, "a value is not valid for its column"),
            row(1451, FOREIGN_KEY, "a foreign key does not allow it"),
            row(1452, FOREIGN_KEY, "a foreign key does not allow it"),
            row(1526, OTHER, "the table has no partition for it"),
            row(1557, FOREIGN_KEY, "a foreign key does not allow it"),
            row(1644, TRIGGER, "a trigger of the table does not allow it"),
            row(1690, OUT_OF_RANGE, "a number is out of range"),
            row(1977, INVALID_VALUE, "a text holds characters that the column cannot"),
            row(3140, INVALID_VALUE, "a JSON value is not valid for its column"),
            row(3156, INVALID_VALUE, "a JSON value is not valid for its column"),
            row(3157, INVALID_VALUE, "a JSON value is too deep for its column"),
            row(3751, INVALID_VALUE, "a value does not fit a functional index"),
            row(3752, INVALID_VALUE, "a value does not fit a functional index"),
            row(3819, CHECK, "a check constraint does not allow it"),
            row(3854, INVALID_VALUE, "a text holds characters that the column cannot"),
            row(3988, INVALID_VALUE, "a text holds characters that the column cannot"),
            row(4025, CHECK, "a check constraint does not allow it"));

    static final Map<Integer, ServerError> OF_SERVER = Map.ofEntries(
            server(1021, NO_SPACE, "the database's disk is full"),
            server(1028, NO_SPACE, "the database's disk failed or is full"),
            server(1040, UNREACHABLE, "the database has no connection free"),
            server(1044, PRIVILEGE, "the database user may not use the database"),
            server(1045, PRIVILEGE, "the database refused the user or password"),
            // What Galera says of a node outside the primary component, and of one that is still joining.
            server(1047, UNREACHABLE, "the node is not, or not yet, a working part of its cluster"),
            server(1049, SCHEMA, "the database does not exist"),
            server(1053, CONNECTION, "the database is shutting down"),
            server(1054, SCHEMA, "a declared column is gone from the table"),
            server(1114, NO_SPACE, "the table or the database's disk is full"),
            server(1142, PRIVILEGE, "the database user lacks a privilege"),
            server(1143, PRIVILEGE, "the database user lacks a privilege"),
            server(1146, SCHEMA, "the table is gone"),
            server(1180, DATABASE, "the database failed to commit"),
            server(1290, READ_ONLY, "the database is read-only"),
            server(1317, DATABASE, "the statement was stopped on the server"),
            server(1665, DATABASE, "the database's binlog_format is STATEMENT (expected ROW or MIXED)"),
            server(1698, PRIVILEGE, "the database refused the user or password"),
            server(1792, READ_ONLY, "the database is read-only"),
            server(1836, READ_ONLY, "the database is read-only"),
            server(1927, CONNECTION, "the database closed the connection"),
            server(3032, UNREACHABLE, "the database is in offline mode"),
            server(3024, DATABASE, "the statement was stopped on the server"),
            server(3100, DATABASE, "the database's replication refused the transaction"),
            server(4031, CONNECTION, "the database closed the connection"));

    /** The reason behind an SQL state about a row whose error code is not known: also what triggers signal. */
    static RefusalReason reasonOfRowState(String state) {
        if (state.equals("22001")) {
            return TOO_LONG;
        } else if (state.equals("22003")) {
            return OUT_OF_RANGE;
        }
        return switch (state.isEmpty() ? "" : state.substring(0, 2)) {
            case "22" -> INVALID_VALUE;
            case "44" -> CHECK;
            case "45" -> TRIGGER;
            default -> OTHER;
        };
    }

    private static Map.Entry<Integer, RowError> row(int code, RefusalReason reason, String words) {
        return Map.entry(code, new RowError(reason, words));
    }

    private static Map.Entry<Integer, ServerError> server(int code, LossReason reason, String words) {
        return Map.entry(code, new ServerError(reason, words));
    }
}
