package dev.persistence.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Gathers the values of all settings, later sources over earlier ones, and every problem on the way. */
final class SettingSources {

    private static final Pattern MAY_HOLD_SECRETS = Pattern.compile("(?i)password|token|url");

    private final Map<String, Given> given = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private boolean someUnknown;

    /**
     * Reads a HOCON file. Its substitutions may name other settings and environment variables; the system properties of
     * the JVM are not looked at.
     */
    SettingSources file(Path file) {
        try {
            Config config = ConfigFactory.parseFile(
                            file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
                    .resolve();
            take("", config.root());
        } catch (ConfigException unreadable) {
            problems.add("the configuration file cannot be read: " + reason(file, unreadable));
        }
        return this;
    }

    /** The parser repeats what it stumbles on, which may be a piece of a secret. */
    private static String reason(Path file, ConfigException unreadable) {
        int line = unreadable.origin() == null ? 0 : unreadable.origin().lineNumber();
        try (Stream<String> lines = Files.lines(file)) {
            boolean secret = lines.skip(Math.max(0, line - 1L))
                    .limit(1)
                    .anyMatch(text -> MAY_HOLD_SECRETS.matcher(text).find());
            return secret
                    ? file + ": " + line
                            + ": not HOCON; what is there is not shown, as it may be secret (expected quotes"
                            + " around a value with special characters)"
                    : unreadable.getMessage();
        } catch (IOException | UncheckedIOException unknown) {
            return unreadable.getMessage();
        }
    }

    SettingSources environment(Map<String, String> environment) {
        for (Setting<?> setting : SettingTable.ALL) {
            String value = environment.get(setting.environment());
            if (value != null) {
                given.put(setting.name(), new Given(value, "environment variable " + setting.environment()));
            }
        }
        return this;
    }

    /** Takes {@code name=value} from the command line. */
    SettingSources assignments(List<String> assignments) {
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                problems.add("--set " + assignment.replaceFirst("[^A-Za-z.-].*", "…")
                        + " (expected name=value, such as buffer.flush-interval=5s)");
            } else {
                take(assignment.substring(0, equals), new Given(assignment.substring(equals + 1), "--set"));
            }
        }
        return this;
    }

    Settings settle() {
        Map<Setting<?>, Object> values = new HashMap<>();
        for (Setting<?> setting : SettingTable.ALL) {
            Given text = given.getOrDefault(setting.name(), new Given(setting.defaultValue(), Settings.DEFAULT));
            setting.parser()
                    .parse(text.text())
                    .ifPresentOrElse(
                            value -> values.put(setting, value),
                            () -> problems.add(
                                    impossible(setting, text, setting.parser().expected())));
        }
        if (!problems.isEmpty()) {
            if (someUnknown) {
                problems.add("the settings are: "
                        + String.join(
                                ", ",
                                SettingTable.ALL.stream().map(Setting::name).toList()));
            }
            throw new SettingsException(problems);
        }
        return new Settings(values, given);
    }

    static String impossible(Setting<?> setting, Given given, String expected) {
        String shown = setting.secret() ? Settings.MASK : given.text().isEmpty() ? "\"\"" : given.text();
        return setting.name() + ": " + shown + " (expected " + expected + "), from " + given.source();
    }

    private void take(String path, ConfigObject object) {
        object.forEach((member, value) -> {
            String name = path.isEmpty() ? member : path + "." + member;
            if (value instanceof ConfigObject inner && SettingTable.named(name).isEmpty()) {
                take(name, inner);
            } else if (value.valueType() != ConfigValueType.NULL) { // null is HOCON's way to unset
                take(name, new Given(text(value), source(value.origin())));
            }
        });
    }

    private void take(String name, Given value) {
        if (SettingTable.named(name).isPresent()) {
            given.put(name, value);
        } else {
            someUnknown = true;
            problems.add("unknown setting " + name + ", from " + value.source() + " (did you mean "
                    + NearestName.of(name) + "?)");
        }
    }

    private static String text(ConfigValue value) {
        return value instanceof ConfigObject || value instanceof ConfigList
                ? value.render(ConfigRenderOptions.concise())
                : String.valueOf(value.unwrapped());
    }

    private static String source(ConfigOrigin origin) {
        return origin.filename() == null ? origin.description() : origin.filename() + ":" + origin.lineNumber();
    }
}
