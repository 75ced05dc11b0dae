package dev.persistence.bench.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;

/** A scoreboard as JSON: every value of every repeat. */
public final class ScoreJson {

    private ScoreJson() {}

    /** The whole document; {@code machine} is what it was measured on. */
    public static String of(Scoreboard board, Map<String, String> machine) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeObjectFieldStart("machine");
            for (Map.Entry<String, String> fact : machine.entrySet()) {
                json.writeStringField(fact.getKey(), fact.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("goals");
            for (Map.Entry<Goal, Series> entry : board.goals().entrySet()) {
                Goal goal = entry.getKey();
                json.writeStartObject();
                json.writeStringField("goal", goal.name().toLowerCase(Locale.ROOT));
                json.writeStringField("what", goal.what());
                json.writeStringField("unit", goal.unit());
                json.writeStringField("expected", goal.expected());
                json.writeBooleanField(
                        "reached", goal.isReachedBy(entry.getValue().median()));
                write(json, entry.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("details");
            for (Map.Entry<Scoreboard.Detail, Series> entry : board.details().entrySet()) {
                json.writeStartObject();
                json.writeStringField("what", entry.getKey().what());
                json.writeStringField("unit", entry.getKey().unit());
                write(json, entry.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Series series) throws IOException {
        json.writeNumberField("median", series.median());
        json.writeArrayFieldStart("values");
        for (double value : series.values()) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }
}
