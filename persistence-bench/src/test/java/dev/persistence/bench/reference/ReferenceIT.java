package dev.persistence.bench.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.ServerProcess;
import dev.persistence.bench.target.ServerStatus;
import dev.persistence.bench.target.ServiceProcess;
import dev.persistence.bench.target.Target;
import dev.persistence.bench.workload.Request;
import dev.persistence.bench.workload.SyntheticTasks;
import dev.persistence.bench.workload.TaskOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way without the service leaves the rows that the service leaves; only then is it to be compared with. On the
 * server of {@code -Ddatabase.url}, else on the embedded MariaDB.
 */
class ReferenceIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static BenchDatabase database;
    private static List<String> rowsOfTheService;

    @BeforeAll
    static void writeByTheService() throws Exception {
        database = BenchDatabase.open(System.getProperty("database.url", BenchDatabase.EMBEDDED));
        System.out.println("ReferenceIT runs on " + database.version());
        try (Target service = ServiceProcess.start(database)) {
            send(service, 202);
            assertEquals(0, service.stop());
        }
        rowsOfTheService = rows();
        assertFalse(rowsOfTheService.isEmpty());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.truncate();
    }

    @ParameterizedTest
    @EnumSource
    void jdbcLoop_leavesTheRowsOfTheService(PreparedForm form) throws Exception {
        LoopResult result = new JdbcLoop(database.url(), form, 7, 20).run(records());

        assertEquals(records().size(), result.records());
        assertEquals(rowsOfTheService, rows());
    }

    @ParameterizedTest
    @EnumSource
    void autocommitLoop_leavesTheRowsOfTheService(PreparedForm form) throws Exception {
        LoopResult result = new AutocommitLoop(database.url(), form).run(records());

        assertEquals(records().size(), result.statements());
        assertEquals(rowsOfTheService, rows());
    }

    @Test
    void perRequestServer_leavesTheRowsOfTheService() throws Exception {
        try (Target server = ServerProcess.start(database, "per-request")) {
            send(server, 202);
            assertEquals(rowsOfTheService, rows()); // before it stops: it answers after the commit
            assertEquals(0, server.stop());
        }
    }

    @Test
    void jdbcLoop_sendsAThousandRowsAStatement() throws Exception {
        List<TypedRecord> records =
                RecordParser.ofShippedTypes().parseAll(new SyntheticTasks(TaskOptions.usual(2500, 1, "s")));
        ServerStatus before = database.status();

        LoopResult result = new JdbcLoop(database.url(), PreparedForm.SERVER).run(records);

        assertEquals(3, result.statements());
        assertEquals(3, result.transactions());
        assertEquals(2500, database.countOfSession("s"));
        assertTrue(database.status().since(before).get("Com_insert") >= 3);
    }

    @Test
    void perRequestWriter_isRewrittenIntoFewStatements() throws Exception {
        Request request = new SyntheticTasks(TaskOptions.usual(100, 1, "s")).next(0);
        long fewest = Long.MAX_VALUE;
        try (PerRequestWriter writer = PerRequestWriter.open(database.url(), 1)) {
            for (int repeat = 0; repeat < 5; repeat++) { // somebody else may use the server meanwhile
                ServerStatus before = database.status();
                assertEquals(100, writer.write(request.type(), request.body()));
                fewest = Math.min(fewest, database.status().since(before).get("Com_insert"));
            }
        }
        assertTrue(fewest < 100, "a statement a record");
        assertEquals(100, database.count(BenchDatabase.TASKS));
    }

    private static List<TypedRecord> records() throws Exception {
        List<TypedRecord> records = new ArrayList<>();
        for (Request request : MixedRequests.all()) {
            records.addAll(RecordParser.ofShippedTypes().parse(request.type(), request.body()));
        }
        return records;
    }

    private static void send(Target target, int status) throws Exception {
        for (Request request : MixedRequests.all()) {
            HttpRequest post = HttpRequest.newBuilder(URI.create(
                            "http://127.0.0.1:" + target.port() + "/api/v1/persistence/" + request.type() + "/batch"))
                    .POST(BodyPublishers.ofByteArray(request.body()))
                    .build();
            HttpResponse<String> answer = CLIENT.send(post, BodyHandlers.ofString());
            assertEquals(status, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("\"count\":" + request.records()), answer.body());
        }
    }

    private static List<String> rows() throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String query : List.of(
                    "SELECT * FROM translation_sessions ORDER BY session_id",
                    "SELECT * FROM translation_tasks ORDER BY task_id")) {
                try (ResultSet row = statement.executeQuery(query)) {
                    while (row.next()) {
                        List<String> values = new ArrayList<>();
                        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                            values.add(row.getString(column));
                        }
                        rows.add(String.join("|", values));
                    }
                }
            }
        }
        return rows;
    }
}
