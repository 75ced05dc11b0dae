package dev.persistence.bench.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A scoreboard as text: two tables in Markdown, readable as they are. */
public final class ScoreTable {

    private ScoreTable() {}

    /** The lines of both tables: what is to be reached, and what the ratios are made of. */
    public static List<String> of(Scoreboard board) {
        List<String> lines = new ArrayList<>();
        lines.add("| what | expected | median | lowest | highest | |");
        lines.add("|---|---|---:|---:|---:|---|");
        for (Map.Entry<Goal, Series> entry : board.goals().entrySet()) {
            Goal goal = entry.getKey();
            Series series = entry.getValue();
            String verdict =
                    goal.expected().isEmpty() ? "" : goal.isReachedBy(series.median()) ? "reached" : "**missed**";
            lines.add("| " + goal.what() + " | " + goal.expected() + " | " + figures(series, goal.unit()) + " | "
                    + verdict + " |");
        }
        lines.add("");
        lines.add("| what it is made of | median | lowest | highest |");
        lines.add("|---|---:|---:|---:|");
        board.details()
                .forEach((detail, series) ->
                        lines.add("| " + detail.what() + " | " + figures(series, detail.unit()) + " |"));
        return lines;
    }

    private static String figures(Series series, String unit) {
        return number(series.median()) + (unit.isEmpty() ? "" : " " + unit) + " | " + number(series.lowest()) + " | "
                + number(series.highest());
    }

    /** Three digits that count. */
    private static String number(double value) {
        String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
