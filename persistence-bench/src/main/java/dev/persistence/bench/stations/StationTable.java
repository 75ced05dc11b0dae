package dev.persistence.bench.stations;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The results for people: on a terminal, and in Markdown. */
public final class StationTable {

    /** The way of a record through the service. */
    private static final List<String> FLOW = List.of("decode", "value", "publish", "merge", "statement", "flush");

    private static final String CELLS = " %12s %10s %14s %10s %8s";
    private static final double NANOS_OF_A_MICRO = 1000;
    private static final double LONGEST_IN_NANOS = 10_000;

    private StationTable() {}

    /** All results on a terminal, station by station. */
    public static String text(List<StationResult> results) {
        int width = results.stream()
                .mapToInt(result -> result.name().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        text.append(line(width, "", "time/record", "±", "records/s", "B/record", "refused"));
        byStation(results).forEach((station, lines) -> {
            text.append(station).append(System.lineSeparator());
            lines.forEach(result -> text.append(line(width, cells(result))));
        });
        return text.toString();
    }

    /** One result while others are still to come. */
    static String brief(StationResult result) {
        return result.station() + ", " + result.name() + ": " + time(result.nanos(), result.nanos());
    }

    /**
     * All results as a Markdown document.
     *
     * @param facts about the run and the machine, a line each
     */
    public static String markdown(List<StationResult> results, List<String> facts) {
        StringBuilder text = new StringBuilder("# Stations\n\n");
        facts.forEach(fact -> text.append("- ").append(fact).append('\n'));
        byStation(results).forEach((station, lines) -> {
            text.append("\n## ").append(station).append("\n\n");
            text.append("| | time a record | ± (99.9 %) | records/s | bytes a record | refused tries |\n");
            text.append("|---|--:|--:|--:|--:|--:|\n");
            lines.forEach(result ->
                    text.append("| ").append(String.join(" | ", cells(result))).append(" |\n"));
        });
        return text.toString();
    }

    private static String[] cells(StationResult result) {
        return new String[] {
            result.name(),
            time(result.nanos(), result.nanos()),
            time(result.error(), result.nanos()),
            number(result.perSecond(), 0),
            bytes(result.bytes()),
            result.refused().isPresent() ? number(100 * result.refused().getAsDouble(), 1) + " %" : ""
        };
    }

    private static String line(int width, String... cells) {
        return ("  %-" + width + "s" + CELLS).formatted((Object[]) cells).stripTrailing() + System.lineSeparator();
    }

    private static Map<String, List<StationResult>> byStation(List<StationResult> results) {
        Comparator<String> order = Comparator.comparingInt(FLOW::indexOf);
        return results.stream()
                .collect(Collectors.groupingBy(
                        StationResult::station,
                        () -> new TreeMap<>(order.thenComparing(Comparator.naturalOrder())),
                        Collectors.toList()));
    }

    /** In the unit that suits {@code scale}. */
    private static String time(double nanos, double scale) {
        if (Double.isNaN(nanos)) {
            return "";
        }
        return scale < LONGEST_IN_NANOS
                ? number(nanos, scale < 100 ? 1 : 0) + " ns"
                : number(nanos / NANOS_OF_A_MICRO, 1) + " µs";
    }

    /** What JMH counts less than a byte of is its own. */
    private static String bytes(double bytes) {
        return Double.isNaN(bytes) ? "" : number(bytes, bytes > 0.05 && bytes < 10 ? 1 : 0);
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
