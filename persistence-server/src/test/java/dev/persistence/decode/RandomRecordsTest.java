package dev.persistence.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random records, written as JSON in random ways, are stored as a simple model says. */
class RandomRecordsTest {

    private static final String ALPHABET = "aZ09 \"\\/\b\f\n\r\t\0\u001f\u007f\u0080éß\u07ff\u0800汉\ud7ff\ue000\uffff";

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Decoding things = Decoding.things();

    @Test
    void randomRecords_areStoredAsTheModelSays() {
        for (int request = 0; request < 300; request++) {
            List<Map<String, String>> expected = new ArrayList<>();
            List<String> records = new ArrayList<>();
            for (int count = random.nextInt(20); count > 0; count--) {
                Map<String, String> model = new LinkedHashMap<>();
                records.add(record(model));
                expected.add(model);
            }
            boolean lines = random.nextBoolean();
            DecodeResult result = lines
                    ? things.decodeLines(String.join("\n", records))
                    : things.decode(space() + "{" + space() + quoted("things") + space() + ":" + space() + "["
                            + String.join(",", records) + space() + "]" + space() + "}" + space());
            assertEquals(
                    expected,
                    Decoding.records(result).stream()
                            .map(Decoding.Stored::values)
                            .toList(),
                    () -> "seed " + seed + ": " + records);
        }
    }

    @Test
    void deadLetteredRecords_fillASlotWithTheSameContentAgain(@TempDir Path folder) throws IOException {
        for (int request = 0; request < 30; request++) {
            List<String> records = new ArrayList<>();
            for (int count = random.nextInt(1, 20); count > 0; count--) {
                records.add(withTimes(record(new LinkedHashMap<>())));
            }
            String lines = String.join("\n", records);
            Path dir = folder.resolve("request-" + request);
            List<Decoding.Stored> stored = Decoding.records(things.decodeLines(lines));

            Decoding.deadLetter(things.decodeLines(lines), dir);

            String kept = Files.readString(dir.resolve("things.ndjson"));
            assertEquals(records.size(), kept.lines().count(), () -> "seed " + seed);
            assertEquals(stored, Decoding.records(things.decodeLines(kept)), () -> "seed " + seed + ": " + lines);
        }
    }

    private String withTimes(String record) {
        StringBuilder times = new StringBuilder();
        for (String name : List.of("at", "created", "changed")) {
            if (random.nextBoolean()) {
                long micros = random.nextLong(-30_000_000_000_000_000L, 250_000_000_000_000_000L);
                Instant moment = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
                times.append(',').append(member(name, quoted(moment.toString())));
            }
        }
        return record.replaceFirst("}(\\s*)$", Matcher.quoteReplacement(times.toString()) + "}$1");
    }

    /** One record as JSON; what must be stored goes into the model. */
    private String record(Map<String, String> model) {
        List<String> members = new ArrayList<>();
        text("id", 1, model, members);
        for (String optional : List.of("word", "count", "big", "ratio", "active", "data")) {
            int choice = random.nextInt(5);
            if (choice == 0) {
                model.put(optional, null);
                members.add(member(optional, "null"));
            } else if (choice > 1) {
                value(optional, model, members);
            }
        }
        if (random.nextBoolean()) {
            members.add(member("unknown" + random.nextInt(9), json(new StringBuilder(), 3)));
        }
        Collections.shuffle(members, random);
        return space() + "{" + String.join(",", members) + space() + "}" + space();
    }

    private void value(String name, Map<String, String> model, List<String> members) {
        switch (name) {
            case "word" -> text(name, 0, model, members);
            case "count" -> number(name, random.nextInt() >>> random.nextInt(1, 31), model, members);
            case "big" -> number(name, random.nextLong() >> random.nextInt(64), model, members);
            case "ratio" -> ratio(model, members);
            case "active" -> {
                boolean active = random.nextBoolean();
                model.put(name, active ? "1" : "0");
                members.add(member(name, String.valueOf(active)));
            }
            default -> {
                StringBuilder compact = new StringBuilder();
                String value = random.nextBoolean() ? array(compact, 4) : object(compact, 4);
                model.put(name, compact.toString());
                members.add(member(name, value));
            }
        }
    }

    private void text(String name, int shortest, Map<String, String> model, List<String> members) {
        String text = text(random.nextInt(shortest, 6));
        model.put(name, text);
        members.add(member(name, quoted(text)));
    }

    private void number(String name, long value, Map<String, String> model, List<String> members) {
        String digits = Long.toString(value);
        model.put(name, digits);
        members.add(member(
                name,
                switch (random.nextInt(4)) {
                    case 0 -> "\"" + digits + "\"";
                    case 1 -> digits + ".0";
                    case 2 -> value == 0 ? "0e7" : digits + "0e-1";
                    default -> digits;
                }));
    }

    private void ratio(Map<String, String> model, List<String> members) {
        BigDecimal value = BigDecimal.valueOf(random.nextLong(1_000_001), 6);
        model.put("ratio", value.setScale(4, RoundingMode.HALF_UP).toPlainString());
        String text = random.nextBoolean() ? value.toPlainString() : value.unscaledValue() + "e-6";
        members.add(member("ratio", random.nextBoolean() ? text : "\"" + text + "\""));
    }

    private String json(StringBuilder compact, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> both(compact, "-1.50e+3");
            case 1 -> both(compact, "12345678901234567890123");
            case 2 -> both(compact, quoted(text(random.nextInt(5))));
            case 3 -> both(compact, random.nextBoolean() ? "null" : "true");
            case 4 -> array(compact, depth);
            default -> object(compact, depth);
        };
    }

    private String array(StringBuilder compact, int depth) {
        StringBuilder json = new StringBuilder("[").append(space());
        compact.append('[');
        for (int i = random.nextInt(4); i > 0; i--) {
            json.append(json(compact, depth - 1))
                    .append(space())
                    .append(i > 1 ? "," : "")
                    .append(space());
            compact.append(i > 1 ? "," : "");
        }
        compact.append(']');
        return json.append(']').toString();
    }

    private String object(StringBuilder compact, int depth) {
        StringBuilder json = new StringBuilder("{").append(space());
        compact.append('{');
        for (int i = random.nextInt(4); i > 0; i--) {
            json.append(both(compact, quoted(text(random.nextInt(4)))))
                    .append(space())
                    .append(':')
                    .append(space());
            compact.append(':');
            json.append(json(compact, depth - 1))
                    .append(space())
                    .append(i > 1 ? "," : "")
                    .append(space());
            compact.append(i > 1 ? "," : "");
        }
        compact.append('}');
        return json.append('}').toString();
    }

    private static String both(StringBuilder compact, String token) {
        compact.append(token);
        return token;
    }

    private String text(int characters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            int index = random.nextInt(ALPHABET.length() + 1);
            text.append(index == ALPHABET.length() ? "😀" : ALPHABET.substring(index, index + 1));
        }
        return text.toString();
    }

    /** A JSON string in which any character may be escaped. */
    private String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            String character = Character.toString(point);
            boolean escape = point < ' ' || point == '"' || point == '\\' || random.nextInt(4) == 0;
            json.append(escape ? escaped(character) : character);
        });
        return json.append('"').toString();
    }

    private String escaped(String character) {
        StringBuilder escapes = new StringBuilder();
        for (int i = 0; i < character.length(); i++) {
            escapes.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) character.charAt(i)));
        }
        return escapes.toString();
    }

    private String member(String name, String value) {
        return space() + quoted(name) + space() + ":" + space() + value + space();
    }

    private String space() {
        return random.nextInt(3) > 0 ? "" : " \t ".substring(random.nextInt(3));
    }
}
