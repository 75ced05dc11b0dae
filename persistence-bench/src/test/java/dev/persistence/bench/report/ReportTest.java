package dev.persistence.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.persistence.bench.load.LoadResult;
import dev.persistence.bench.load.ResponseTimes;
import dev.persistence.bench.probe.Usage;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final long BEGIN = 5_000_000_000L;
    private static final ResponseTimes TIMES =
            new ResponseTimes(20, 1500.5, 1000, 2000, 3000, 4000, 5000, List.of(new ResponseTimes.Point(50, 1000)));
    private static final ResponseTimes NONE = new ResponseTimes(0, 0, 0, 0, 0, 0, 0, List.of());

    @Test
    void json_holdsWhatWasMeasured() throws IOException {
        Map<String, String> values = values(ReportJson.of(measured()));

        assertEquals("2000", values.get("/accepted/records"));
        assertEquals("1000", values.get("/accepted/records_per_second"));
        assertEquals("3", values.get("/refused/by_status/503"));
        assertEquals("1500", values.get("/visible/rows"));
        assertEquals("database", values.get("/visible/counted_by"));
        assertEquals("500", values.get("/visible/written_records_per_second"));
        assertEquals("4000", values.get("/response_times/accepted/p999_us"));
        assertEquals("1000", values.get("/cpu/service_us_per_record"));
        assertEquals("50", values.get("/memory/event_loop_bytes_per_record"));
        assertEquals("0.001", values.get("/statements/inserts_per_record"));
        assertEquals("25", values.get("/ring/fullest_percent"));
    }

    @Test
    void json_saysNullWhereNothingWasMeasured() throws IOException {
        Map<String, String> values = values(ReportJson.of(unmeasured()));

        assertEquals("null", values.get("/cpu/service_seconds"));
        assertEquals("null", values.get("/visible/rows"));
        assertEquals("null", values.get("/memory/allocated_bytes_per_record"));
        assertEquals("null", values.get("/cpu/generator_us_per_record")); // of no record
    }

    @Test
    void page_holdsTheReportAndEverythingElseItNeeds() throws IOException {
        String page = ReportPage.of(measured());

        Matcher data = Pattern.compile("(?s)<script type=\"application/json\" id=\"report\">(.*?)</script>")
                .matcher(page);
        assertTrue(data.find());
        assertEquals("1500", values(data.group(1)).get("/visible/rows"));
        assertTrue(page.contains("var uPlot="), "the plots' script");
        assertTrue(page.contains(".u-legend"), "the plots' style");
        assertFalse(page.contains("/*{"), "a place that was not filled");
        assertFalse(Pattern.compile("(src|href)=").matcher(page).find(), "something from elsewhere");
    }

    @Test
    void page_isNotEndedByATextInTheReport() throws IOException {
        RunReport report = measured();
        String page = ReportPage.of(new RunReport(
                "</script><b>",
                report.began(),
                report.setup(),
                report.machine(),
                report.load(),
                report.visible(),
                report.usage()));

        assertFalse(page.contains("</script><b>"));
    }

    @Test
    void summary_namesWhatWasMeasuredAndWhatWasNot() {
        String measured = String.join("\n", Summary.of(measured()));
        String unmeasured = String.join("\n", Summary.of(unmeasured()));

        assertTrue(measured.contains("1,500 rows (counted by the database) after 4.00 s: 375 rows/s"), measured);
        assertTrue(measured.contains("p50 1.00, p90 2.00, p99 3.00, p99.9 4.00, max 5.00 ms"), measured);
        assertTrue(measured.contains("3 with 503"), measured);
        assertTrue(unmeasured.contains("not measured      service: unknown"), unmeasured);
        assertTrue(unmeasured.contains("FAILED            connection 0: gone"), unmeasured);
    }

    private static RunReport measured() {
        LoadResult load = new LoadResult(
                BEGIN,
                BEGIN + 2_000_000_000L,
                23,
                20,
                2000,
                1_000_000,
                new TreeMap<>(Map.of(503, 3L)),
                0,
                TIMES,
                NONE,
                NONE,
                List.of(new LoadResult.Slice(100_000_000, 2000, 3)),
                Optional.empty());
        Usage usage = new Usage(
                1,
                OptionalDouble.of(2),
                OptionalDouble.of(3),
                Optional.of(new Usage.Jvm(1_000_000, 100_000, 10_000, 2, 30, 20, 1 << 20)),
                OptionalLong.of(1 << 28),
                Optional.of(new Usage.Statements(2, 2)),
                List.of(new Usage.Sample(BEGIN, 1024, 1024, 0, 0, 0), new Usage.Sample(BEGIN + 1, 1024, 768, 9, 0, 0)),
                List.of());
        RunReport.Visible visible = new RunReport.Visible(1500, 4, RunReport.CountedBy.DATABASE);
        return new RunReport("A run", Instant.EPOCH, Map.of("rate", "any"), Map.of("cores", "2"), load, visible, usage);
    }

    private static RunReport unmeasured() {
        LoadResult load = new LoadResult(
                BEGIN,
                BEGIN + 1_000_000_000L,
                1,
                0,
                0,
                0,
                new TreeMap<>(),
                0,
                NONE,
                NONE,
                NONE,
                List.of(),
                Optional.of("connection 0: gone"));
        Usage usage = new Usage(
                1,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                List.of("service: unknown"));
        RunReport.Visible visible = new RunReport.Visible(0, 1, RunReport.CountedBy.NOBODY);
        return new RunReport("A run", Instant.EPOCH, Map.of(), Map.of(), load, visible, usage);
    }

    /** Every value by its path; those in arrays by the array's. */
    private static Map<String, String> values(String json) throws IOException {
        Map<String, String> values = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    values.put(
                            parser.getParsingContext()
                                    .pathAsPointer()
                                    .toString()
                                    .replace("~1", "/"),
                            parser.getText());
                }
            }
        }
        return values;
    }
}
