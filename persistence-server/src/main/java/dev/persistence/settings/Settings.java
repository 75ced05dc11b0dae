package dev.persistence.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settled value of every setting, and where it came from. */
public final class Settings {

    /** The configuration file's name within the configuration folder. */
    public static final String FILE = "persistence.conf";

    static final String DEFAULT = "default";
    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    /**
     * A password among the options of a JDBC URL, or before any of its hosts. A password may have a comma or a bracket in
     * it, so rather too much is hidden.
     */
    private static final Pattern PASSWORD_IN_URL =
            Pattern.compile("(?i)(password\\d?\\s*=\\s*)[^&]*|(?<=[/,\\[])([^/,@:?\\[]*:)[^@?]*(?=@)");

    private final Map<Setting<?>, Object> values;
    private final Map<String, Given> given;

    Settings(Map<Setting<?>, Object> values, Map<String, Given> given) {
        this.values = new HashMap<>(values);
        this.given = Map.copyOf(given);
    }

    /**
     * Settles all settings: built-in defaults, then the file {@code persistence.conf} of the configuration folder if it
     * is there, then the environment, then the assignments of the command line; later ones win.
     *
     * @throws SettingsException if a setting is unknown or impossible; all problems are named at once
     */
    public static Settings load(
            Optional<Path> configurationFolder, Map<String, String> environment, List<String> assignments) {
        SettingSources sources = new SettingSources();
        configurationFolder
                .map(folder -> folder.resolve(FILE))
                .filter(Files::exists)
                .ifPresent(sources::file);
        return sources.environment(environment).assignments(assignments).settle();
    }

    public <T> T get(Setting<T> setting) {
        @SuppressWarnings("unchecked") // put there by the setting's own parser
        T value = (T) values.get(setting);
        return value;
    }

    /** The failure of a value that only its use shows to be impossible. */
    public SettingsException impossible(Setting<?> setting, String expected) {
        return new SettingsException(SettingSources.impossible(setting, given(setting), expected));
    }

    /** One line a group for the log: every setting, its value, and its source where that is not the default. */
    public List<String> effective() {
        Map<String, StringBuilder> lines = new LinkedHashMap<>();
        for (Setting<?> setting : SettingTable.ALL) {
            StringBuilder line = lines.computeIfAbsent(setting.group(), group -> new StringBuilder(group));
            line.append(line.length() == setting.group().length() ? ": " : ", ")
                    .append(setting.name().substring(setting.group().length() + 1))
                    .append(" = ")
                    .append(shown(setting));
            if (given.containsKey(setting.name())) {
                line.append(" (").append(given(setting).source()).append(')');
            }
        }
        return lines.values().stream().map(StringBuilder::toString).toList();
    }

    /** Every setting for people to see, in the order of the table. */
    public List<Shown> shown() {
        return SettingTable.ALL.stream()
                .map(setting ->
                        new Shown(setting.name(), shown(setting), given(setting).source()))
                .toList();
    }

    /**
     * A setting as people see it.
     *
     * @param value its text, with secrets masked
     * @param source where it was given, or {@code default}
     */
    public record Shown(String name, String value, String source) {}

    private String shown(Setting<?> setting) {
        String text = given(setting).text();
        if (text.isEmpty()) {
            return "\"\"";
        } else if (setting.equals(SettingTable.DATABASE_URL)) {
            return PASSWORD_IN_URL.matcher(text).replaceAll("$1$2" + MASK);
        }
        return setting.secret() ? MASK : text;
    }

    private Given given(Setting<?> setting) {
        return given.getOrDefault(setting.name(), new Given(setting.defaultValue(), DEFAULT));
    }
}
