package dev.persistence.http.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes small JSON documents. */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Writes the members of one object. */
    @FunctionalInterface
    public interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    /** An object with these members, as UTF-8. */
    static byte[] object(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("an array in memory takes every byte", impossible);
        }
        return bytes.toByteArray();
    }

    /** An average, to one digit behind the point; a whole number stays whole. */
    public static void writeRounded(JsonGenerator json, String name, double value) throws IOException {
        long tenths = Math.round(value * 10);
        if (tenths % 10 == 0) {
            json.writeNumberField(name, tenths / 10);
        } else {
            json.writeNumberField(name, tenths / 10.0);
        }
    }
}
