package dev.persistence.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The kinds of values.
 *
 * @param expected what is allowed, to follow the word "expected"
 * @param reader gives the value, or empty if the text is not one
 */
public record SettingParser<T>(String expected, Function<String, Optional<T>> reader) {

    private static final String VALUE = "value";

    /** The value of a text, or empty if the text is not what is expected. */
    public Optional<T> parse(String text) {
        return reader.apply(text);
    }

    static SettingParser<String> text() {
        return new SettingParser<>("a text", Optional::of);
    }

    static SettingParser<String> nonEmptyText(String expected) {
        return new SettingParser<>(expected, text -> Optional.of(text).filter(given -> !given.isBlank()));
    }

    /** A text, or nothing: the empty text counts as not given. */
    static SettingParser<Optional<String>> optionalText(String expected, String prefix) {
        return new SettingParser<>(
                expected,
                text -> text.isEmpty() || text.startsWith(prefix)
                        ? Optional.of(Optional.of(text).filter(given -> !given.isEmpty()))
                        : Optional.empty());
    }

    /** A list: in the file a list of texts, elsewhere texts with commas or white space between them. */
    static SettingParser<List<String>> texts(String expected) {
        return new SettingParser<>(
                expected,
                text -> text.startsWith("[")
                        ? listValue(text)
                        : Optional.of(Arrays.stream(text.split("[,\\s]+"))
                                .filter(part -> !part.isEmpty())
                                .toList()));
    }

    static SettingParser<Boolean> flag() {
        return new SettingParser<>("true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static SettingParser<String> oneOf(String... words) {
        List<String> allowed = List.of(words);
        return new SettingParser<>(
                "one of " + String.join(", ", allowed),
                text -> Optional.of(text).filter(allowed::contains));
    }

    static SettingParser<Integer> integer(int min, int max) {
        return new SettingParser<>("an integer from " + min + " to " + max, text -> whole(text, min, max));
    }

    static SettingParser<Integer> powerOfTwo(int max) {
        return new SettingParser<>(
                "a power of two, at most " + max,
                text -> whole(text, 1, max).filter(value -> Integer.bitCount(value) == 1));
    }

    /** Bytes, with a unit or without. */
    static SettingParser<Long> bytes(long min, long max) {
        return new SettingParser<>(
                "bytes from " + min + " to " + max + ", or with a unit: 512 KiB, 10 MiB, 256m",
                text -> configValue(text, config -> config.getBytes(VALUE))
                        .filter(value -> value >= min && value <= max));
    }

    /** A length of time; a bare number counts seconds, where HOCON itself would count milliseconds. */
    static SettingParser<Duration> duration(Duration min, Duration max) {
        return new SettingParser<>(
                "seconds from " + seconds(min) + " to " + seconds(max) + ", or with a unit: 500ms, 30s, 2m",
                text -> configValue(
                                text.strip().matches("[0-9.]+") ? text.strip() + "s" : text,
                                config -> config.getDuration(VALUE))
                        .filter(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0));
    }

    static SettingParser<ZoneId> zone() {
        return new SettingParser<>("a time zone, such as UTC, +02:00 or Europe/Berlin", text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException notAZone) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Integer> whole(String text, int min, int max) {
        try {
            return Optional.of(Integer.valueOf(text)).filter(value -> value >= min && value <= max);
        } catch (NumberFormatException notWhole) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> listValue(String text) {
        try {
            return Optional.of(ConfigFactory.parseString(VALUE + "=" + text).getStringList(VALUE));
        } catch (ConfigException notAList) {
            return Optional.empty();
        }
    }

    private static <V> Optional<V> configValue(String text, Function<Config, V> read) {
        try {
            return Optional.of(read.apply(ConfigFactory.parseMap(Map.of(VALUE, text))));
        } catch (ConfigException notAValue) {
            return Optional.empty();
        }
    }

    private static String seconds(Duration duration) {
        return duration.toNanosPart() == 0
                ? String.valueOf(duration.toSeconds())
                : String.valueOf(duration.toMillis() / 1000.0);
    }
}
