package dev.persistence.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.Client;
import dev.persistence.RunningService;
import dev.persistence.mysql.TestDatabase;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What rules, dashboard and guide name is there in a scrape, and the guide has all that is there. */
class MetricNamesIT {

    private static final Pattern BACKTICKS = Pattern.compile("`(\\w+)`");

    private static TestDatabase database;
    private static RunningService service;
    private static Scrape page;

    @BeforeAll
    static void scrape() throws Exception {
        database = new TestDatabase();
        service = RunningService.start(database);
        Client client = new Client(service);
        client.send("tasks", Client.task("t-1"));
        client.write("sessions", Client.session("s-1"));
        client.get("/health");
        page = Scrape.of(service.uri("/metrics"), "Accept", "text/plain;version=0.0.4");
    }

    @AfterAll
    static void close() {
        service.close();
        database.close();
    }

    @Test
    void rules_nameMetricsAndLabelsThatExist() {
        assertEquals(Set.of(), missing(Shipped.rules()));
    }

    @Test
    void dashboard_namesMetricsAndLabelsThatExist() {
        assertEquals(Set.of(), missing(Shipped.allQueries()));
    }

    @Test
    void guide_namesMetricsAndLabelsThatExist() {
        String queries = Pattern.compile("(?s)```promql\n(.*?)```")
                .matcher(Shipped.text(Shipped.GUIDE))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining());
        assertEquals(Set.of(), missing(queries));
    }

    @Test
    void alertOnResponseTimes_standsOnTheBoundOfABucket() {
        assertEquals(
                List.of("batch.tasks"),
                page.series("persistence_http_response_time_seconds_bucket").stream()
                        .filter(labels -> labels.get("le").equals("0.01")
                                && labels.get("route").equals("batch.tasks"))
                        .map(labels -> labels.get("route"))
                        .toList(),
                "otherwise the 10 ms would be a guess between two bounds");
    }

    @Test
    void guidesTable_hasTheMetricsOfAScrapeWithTheirKinds() {
        Map<String, String> described = new TreeMap<>();
        Shipped.metricsTable().forEach(line -> described.put(line.group(1), line.group(2)));
        Map<String, String> scraped = new TreeMap<>(page.kinds());
        scraped.keySet().removeIf(name -> !name.startsWith("persistence_"));
        assertEquals(scraped, described);
    }

    @Test
    void guidesTable_hasTheLabelsOfAScrape() {
        Map<String, Set<String>> described = new TreeMap<>();
        Map<String, Set<String>> scraped = new TreeMap<>();
        for (MatchResult line : Shipped.metricsTable()) {
            described.put(line.group(1), names(line.group(3)));
            scraped.put(line.group(1), page.labelsOf(line.group(1)));
        }
        assertEquals(scraped, described);
    }

    @Test
    void guidesTable_hasTheNamesInJmx() throws Exception {
        Set<ObjectName> undescribed = new TreeSet<>(
                ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("persistence:*"), null));
        Set<String> absent = new TreeSet<>();
        for (MatchResult line : Shipped.metricsTable()) {
            ObjectName name = new ObjectName("persistence:" + line.group(4).replace("…", "*"));
            if (ManagementFactory.getPlatformMBeanServer()
                    .queryNames(name, null)
                    .isEmpty()) {
                absent.add(line.group(4));
            }
            undescribed.removeIf(name::apply);
        }
        undescribed.removeIf(name -> Shipped.text(Shipped.GUIDE).contains("`" + name + "`"));
        assertEquals(Set.of(), absent, "described, and not in JMX");
        assertEquals(Set.of(), undescribed, "in JMX, and not described");
    }

    @Test
    void everyReason_isExplainedInTheGuide() {
        String guide = Shipped.text(Shipped.GUIDE);
        Set<String> unexplained = new TreeSet<>();
        for (String metric : List.of("persistence_records_lost_total", "persistence_records_refused_total")) {
            for (Map<String, String> series : page.series(metric)) {
                if (!guide.contains("\n| `" + series.get("reason") + "` | ")) {
                    unexplained.add(metric + " " + series.get("reason"));
                }
            }
        }
        assertEquals(Set.of(), unexplained);
    }

    @Test
    void countersOfLossAndRefusal_areThereBeforeTheFirst() {
        assertEquals(22, page.series("persistence_records_lost_total").size(), "two types, eleven reasons");
        assertEquals(20, page.series("persistence_records_refused_total").size(), "two types, ten reasons");
        assertEquals(11, page.series("persistence_flushes_failed_total").size());
    }

    @Test
    void scrape_isToPrometheusTaste() throws Exception {
        assertEquals(new Program.Run(0, ""), Program.PROMTOOL.run(page.text(), "check", "metrics"));
    }

    /** Selectors of which there is no series with all their labels; job and instance are Prometheus' own. */
    private static Set<String> missing(String queries) {
        return MetricSelector.allIn(queries).stream()
                .filter(selector -> page.series(selector.name()).stream()
                        .noneMatch(series -> series.keySet().containsAll(ownLabels(selector))))
                .map(MetricSelector::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ownLabels(MetricSelector selector) {
        return selector.labels().stream()
                .filter(label -> !label.equals("job") && !label.equals("instance"))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(String cell) {
        return BACKTICKS
                .matcher(cell)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
