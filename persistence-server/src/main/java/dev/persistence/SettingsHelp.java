package dev.persistence;

import dev.persistence.settings.Setting;
import dev.persistence.settings.SettingTable;

/** The settings, as the usage help lists them. */
final class SettingsHelp {

    private static final String ROW = "  %-32s %-24s %s%n";
    private static final String INDENT = "    ";

    private SettingsHelp() {}

    static String text() {
        StringBuilder text = new StringBuilder(String.format(ROW, "setting", "environment", "default"));
        for (Setting<?> setting : SettingTable.ALL) {
            text.append(String.format(ROW, setting.name(), setting.environment(), setting.defaultValue())
                            .stripTrailing())
                    .append(System.lineSeparator())
                    .append(INDENT)
                    .append(setting.meaning())
                    .append(System.lineSeparator());
        }
        return text.toString();
    }
}
