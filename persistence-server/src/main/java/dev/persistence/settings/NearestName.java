package dev.persistence.settings;

import java.util.Comparator;

/** Finds the setting that a misspelt name most likely stands for. */
final class NearestName {

    private NearestName() {}

    static String of(String misspelt) {
        return SettingTable.ALL.stream()
                .map(Setting::name)
                .min(Comparator.comparingInt(name -> distance(misspelt, name)))
                .orElseThrow();
    }

    /** Edits (characters put in, taken out or exchanged) from one text to the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
