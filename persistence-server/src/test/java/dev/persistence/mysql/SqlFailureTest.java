package dev.persistence.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.mysql.SqlFailure.Kind;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RefusalReason;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {

    @ParameterizedTest
    @CsvSource({
        "22001, 1406, ROW",
        "22003, 1264, ROW",
        "HY000, 1366, ROW",
        "23000, 1452, ROW",
        "22032, 3140, ROW",
        "HY000, 3819, ROW",
        "23000, 4025, ROW",
        "HY000, 1364, ROW",
        "22007, 1292, ROW",
        "01000, 1265, ROW",
        "45000, 1644, ROW",
        "23000, 1062, ROW",
        "23000, 1048, ROW",
        "45000, 30001, ROW",
        "HY000, 1526, ROW",
        "40001, 1213, AGAIN",
        "41000, 1205, AGAIN",
        "HY000, 1205, AGAIN",
        "HY000, 1020, AGAIN",
        "40000, 3101, AGAIN",
        "HY000, 8002, AGAIN",
        "HY000, 8005, AGAIN",
        "HY000, 8022, AGAIN",
        "HY000, 8028, AGAIN",
        "HY000, 9007, AGAIN",
        "08S01, 1047, ENVIRONMENT",
        "HY000, 1047, ENVIRONMENT",
        "HY000, 1180, ENVIRONMENT",
        "HY000, 2013, ENVIRONMENT",
        "HY000, 3032, ENVIRONMENT",
        "HY000, 3100, ENVIRONMENT",
        "08S01, 1153, TOO_LARGE",
        "08S01, 0, ENVIRONMENT",
        "08003, 0, ENVIRONMENT",
        "HY000, 1290, ENVIRONMENT",
        "25006, 1792, ENVIRONMENT",
        "HY000, 1836, ENVIRONMENT",
        "42S02, 1146, ENVIRONMENT",
        "42S22, 1054, ENVIRONMENT",
        "HY000, 1114, ENVIRONMENT",
        "42000, 1142, ENVIRONMENT",
        "70100, 1317, ENVIRONMENT",
        "HY000, 1665, ENVIRONMENT",
        "42000, 1064, ENVIRONMENT",
        "HY000, 1021, ENVIRONMENT",
        ", 0, ENVIRONMENT"
    })
    void stateAndCode_decideWhatToDo(String state, int code, Kind kind) {
        assertEquals(
                kind, SqlFailure.of(new SQLException("user text", state, code)).kind());
    }

    @ParameterizedTest
    @CsvSource({
        "08S01, 0",
        "HY000, 1290",
        "25006, 1792",
        "HY000, 1836",
        "08S01, 1053",
        "HY000, 1047",
        "HY000, 3032",
        "HY000, 3100"
    })
    void lostReadOnlyOrCutOffServer_endsTheConnection(String state, int code) {
        assertTrue(SqlFailure.of(new SQLException("", state, code)).connectionUnusable());
    }

    @ParameterizedTest
    @CsvSource({
        "08S01, 0, CONNECTION",
        "08S01, 1053, CONNECTION",
        "HY000, 4031, CONNECTION",
        "08004, 1040, UNREACHABLE",
        "40001, 1213, CONFLICT",
        "40000, 3101, CONFLICT",
        "HY000, 9007, CONFLICT",
        "08S01, 1047, UNREACHABLE",
        "HY000, 3032, UNREACHABLE",
        "HY000, 3100, DATABASE",
        "41000, 1205, CONFLICT",
        "HY000, 1290, READ_ONLY",
        "HY000, 1114, NO_SPACE",
        "42000, 1142, PRIVILEGE",
        "28000, 1045, PRIVILEGE",
        "42S02, 1146, SCHEMA",
        "42S22, 1054, SCHEMA",
        "70100, 1317, DATABASE",
        "42000, 1064, DATABASE",
        ", 0, DATABASE"
    })
    void stateAndCode_decideWhyABatchIsLost(String state, int code, LossReason reason) {
        assertEquals(reason, SqlFailure.of(new SQLException("", state, code)).loss());
    }

    @Test
    void poolWithoutConnection_isAnUnreachableDatabase() {
        SQLException waited = new SQLTransientConnectionException("timed out", "08S01", 0);

        assertEquals(LossReason.UNREACHABLE, SqlFailure.of(waited).loss());
    }

    @ParameterizedTest
    @CsvSource({
        "23000, 1048, NULL",
        "HY000, 1364, NULL",
        "23000, 1062, DUPLICATE",
        "23000, 1452, FOREIGN_KEY",
        "22003, 1264, OUT_OF_RANGE",
        "22001, 1406, TOO_LONG",
        "22007, 1292, INVALID_VALUE",
        "HY000, 3819, CHECK",
        "23000, 4025, CHECK",
        "45000, 1644, TRIGGER",
        "08S01, 1153, TOO_LARGE",
        "HY000, 1526, OTHER",
        "45000, 30001, TRIGGER",
        "44000, 30001, CHECK",
        "22001, 30001, TOO_LONG",
        "22003, 30001, OUT_OF_RANGE",
        "22018, 30001, INVALID_VALUE",
        "23000, 30001, OTHER"
    })
    void stateAndCode_decideWhyARowIsRefused(String state, int code, RefusalReason reason) {
        assertEquals(reason, SqlFailure.of(new SQLException("", state, code)).refusal());
    }

    @Test
    void rowError_keepsTheConnection() {
        assertFalse(SqlFailure.of(new SQLException("", "23000", 1452)).connectionUnusable());
    }

    @Test
    void reason_holdsNothingOfTheServersMessage() {
        String reason = SqlFailure.of(new SQLException("Duplicate entry 'secret'", "23000", 1062))
                .reason();
        assertEquals("another row has the same value in a unique index (SQL state 23000, error 1062)", reason);
    }

    @Test
    void failedCommit_hasAnUnknownOutcome() {
        SqlFailure failure = SqlFailure.ofCommit(new SQLException("", "08S01", 0));
        assertEquals(Kind.ENVIRONMENT, failure.kind());
        assertEquals(LossReason.UNKNOWN_OUTCOME, failure.loss());
        assertTrue(failure.reason().contains("unknown"), failure.reason());
        assertTrue(failure.connectionUnusable());
    }

    @ParameterizedTest
    @CsvSource({"40001, 1213", "HY000, 1020", "40000, 3101", "HY000, 8022", "HY000, 9007"})
    void commitThatIsRolledBackForAConflict_isRepeated(String state, int code) {
        SqlFailure failure = SqlFailure.ofCommit(new SQLException("", state, code));
        assertEquals(Kind.AGAIN, failure.kind());
        assertFalse(failure.connectionUnusable());
    }

    @ParameterizedTest
    @CsvSource({"HY000, 1180", "08S01, 1047", "HY000, 1205", "HY000, 3100", "HY000, 2013"})
    void commitThatFailsOtherwise_hasAnUnknownOutcome(String state, int code) {
        SqlFailure failure = SqlFailure.ofCommit(new SQLException("", state, code));
        assertEquals(Kind.ENVIRONMENT, failure.kind());
        assertTrue(failure.unknownOutcome());
    }

    @Test
    void rowErrorAtCommit_blamesNoRow() {
        assertEquals(
                Kind.ENVIRONMENT,
                SqlFailure.ofCommit(new SQLException("", "23000", 1452)).kind());
    }
}
