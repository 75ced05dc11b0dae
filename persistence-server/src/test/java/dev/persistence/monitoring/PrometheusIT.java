package dev.persistence.monitoring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.Client;
import dev.persistence.JsonTree;
import dev.persistence.RunningService;
import dev.persistence.mysql.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus, with the configuration, rules and queries that are delivered, watches a service under load. */
class PrometheusIT {

    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    @TempDir
    Path folder;

    private TestDatabase database;
    private RunningService service;
    private RunningPrometheus prometheus;
    private Client client;
    private int sent;

    @BeforeEach
    void start() throws Exception {
        Program.PROMETHEUS.assumeInstalled();
        database = new TestDatabase();
        service = RunningService.start(database);
        client = new Client(service);
        prometheus = RunningPrometheus.start(folder, service.port());
        soon().until(prometheus::isReady);
        soon().until(() -> prometheus.value("up{job=\"persistence-service\"}") == 1);
    }

    @AfterEach
    void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (service != null) {
            service.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void serviceUnderLoad_isSeenInItsFigures() {
        String slowest = "histogram_quantile(0.99, sum by (le) (rate("
                + "persistence_http_response_time_seconds_bucket{route=\"batch.tasks\"}[10s])))";
        underLoadUntil(() -> Double.isFinite(prometheus.value(slowest)));
        assertTrue(prometheus.value("sum(persistence_records_accepted_total)") > 0);
        assertTrue(prometheus.value("sum(persistence_records_written_total)") > 0);
        assertTrue(prometheus.value(slowest) > 0);
        assertEveryPanelShowsSomething();
        assertRulesAreHealthy();
        assertEquals(List.of(), prometheus.firing());
    }

    /** Each query of the dashboard has an answer, with the labels that its legend speaks of. */
    private void assertEveryPanelShowsSomething() {
        List<String> silent = new ArrayList<>();
        for (Map<?, ?> panel : Shipped.panels()) {
            for (Object target : (List<?>) panel.get("targets")) {
                List<Map<?, ?>> series = prometheus.query(chosen((String) JsonTree.at(target, "expr")));
                String legend = (String) JsonTree.at(target, "legendFormat");
                List<String> labels = LEGEND_LABEL
                        .matcher(legend)
                        .results()
                        .map(found -> found.group(1))
                        .toList();
                if (series.isEmpty()
                        || !series.stream()
                                .allMatch(one ->
                                        ((Map<?, ?>) one.get("metric")).keySet().containsAll(labels))) {
                    silent.add(panel.get("title") + ": " + JsonTree.at(target, "expr"));
                }
            }
        }
        assertEquals(List.of(), silent);
    }

    /** What Grafana makes of a query; conditions that hide what is 0 are left out. */
    private static String chosen(String query) {
        return query.replace("$instance", ".+")
                .replace("$__rate_interval", "10s")
                .replace("$__range", "1m")
                .replace(" > 0", "");
    }

    private void assertRulesAreHealthy() {
        List<Map<?, ?>> rules = prometheus.rules();
        assertEquals(
                new TreeSet<>(Shipped.alerts()),
                rules.stream().map(rule -> (String) rule.get("name")).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(
                List.of(),
                rules.stream()
                        .filter(rule -> !Objects.equals(rule.get("health"), "ok"))
                        .toList());
    }

    @Test
    void firstLossOfAll_firesItsAlert() {
        client.write("tasks", Client.task("t-1"));
        database.execute("ALTER TABLE translation_tasks DROP COLUMN context");
        assertEquals(
                503,
                client.write("tasks", Client.task("t-2"), Client.task("t-3", "context", "x"))
                        .status());
        Map<String, Object> lost = Map.of("alertname", "PersistenceRecordsLost", "type", "tasks", "reason", "schema");
        soon().until(() -> prometheus.firing().stream()
                .anyMatch(labels -> labels.entrySet().containsAll(lost.entrySet())));
    }

    private void underLoadUntil(Callable<Boolean> condition) {
        soon().until(() -> {
            sent++;
            client.send("sessions", Client.session("s-" + sent));
            client.send("tasks", Client.task("t-" + sent));
            client.write("tasks", Client.task("w-" + sent));
            return condition.call();
        });
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofMinutes(1));
    }
}
