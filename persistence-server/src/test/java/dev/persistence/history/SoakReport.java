package dev.persistence.history;

import dev.persistence.fault.ServiceGauge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The samples of a soak: what grew, and a page with all figures. */
final class SoakReport {

    private static final long MIB = 1024 * 1024;

    private final List<Line> lines = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    /** @param connections of the service to the database */
    record Line(long seconds, ServiceGauge.Sample sample, int connections, long accepted, long settled, int rounds) {}

    void add(Line line) {
        lines.add(line);
        System.out.println(text(line));
    }

    /** A sentence for the head of the page. */
    void say(String sentence) {
        words.add(sentence);
        System.out.println(sentence);
    }

    /**
     * What grew from the first quarter to the last by more than the noise: medians, after a sixth for warming up. The
     * allowances are for what a JVM keeps for itself; a leak of a byte a record is a hundred times as much in an hour.
     */
    List<String> growth() {
        List<Line> warm = lines.subList(lines.size() / 6, lines.size());
        List<String> grown = new ArrayList<>();
        compare(warm, "heap after GC", line -> line.sample().heap(), 6 * MIB, grown);
        compare(warm, "direct buffers", line -> line.sample().direct(), 8 * MIB, grown);
        compare(warm, "native memory of libraries", line -> line.sample().nativeOther(), 8 * MIB, grown);
        compare(warm, "native memory", line -> line.sample().nativeAll(), 24 * MIB, grown);
        compare(warm, "RSS", line -> line.sample().rss(), 32 * MIB, grown);
        compare(warm, "threads", line -> line.sample().threads(), 3, grown);
        compare(warm, "descriptors", line -> line.sample().descriptors(), 8, grown);
        compare(warm, "database connections", Line::connections, 3, grown);
        return grown;
    }

    private void compare(
            List<Line> warm, String name, ToLongFunction<Line> figure, long allowance, List<String> grown) {
        int quarter = warm.size() / 4;
        long first = median(warm.subList(0, quarter), figure);
        long last = median(warm.subList(warm.size() - quarter, warm.size()), figure);
        boolean grew = last > first + Math.max(allowance, first / 20);
        String sentence = String.format(Locale.ROOT, "%s: median %,d, then %,d", name, first, last);
        say(sentence + (grew ? ": GROWN" : ""));
        if (grew) {
            grown.add(sentence);
        }
    }

    private static long median(List<Line> some, ToLongFunction<Line> figure) {
        return some.stream()
                .mapToLong(figure)
                .sorted()
                .skip(some.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static String text(Line line) {
        StringBuilder text = new StringBuilder("| ").append(line.seconds());
        for (long bytes : line.sample().bytes()) {
            text.append(String.format(Locale.ROOT, " | %.1f", (double) bytes / MIB));
        }
        return text.append(" | " + line.sample().threads() + " | "
                        + line.sample().descriptors() + " | "
                        + line.connections() + " | " + line.accepted() + " | " + line.settled() + " | " + line.rounds()
                        + " |")
                .toString();
    }

    /** Writes the page, and returns where it is. */
    Path write() {
        StringBuilder page = new StringBuilder("# Soak\n\n");
        words.forEach(sentence -> page.append("- ").append(sentence).append('\n'));
        page.append("\n| s | ")
                .append(String.join(" | ", ServiceGauge.Sample.NAMES))
                .append(" | threads | descriptors | db connections | accepted | settled | rounds |\n")
                .append("|---".repeat(12))
                .append("|\n");
        lines.forEach(line -> page.append(text(line)).append('\n'));
        try {
            Path folder = Files.createDirectories(Path.of("target", "soak"));
            return Files.writeString(folder.resolve("soak-" + System.currentTimeMillis() + ".md"), page);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
