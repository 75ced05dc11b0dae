package dev.persistence.fuzz.http;

import dev.persistence.http.FuzzedConnection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** A body: records, packed or not, whole or damaged, and what the contract says of it. */
final class MadeBody {

    private static final String RECORD =
            "{\"session_id\":\"%s\",\"filename\":\"é\",\"file_path\":\"\",\"status\":\"n\",\"llm_provider\":\"\"}";
    private static final String FAULTY = "{\"session_id\":\"\",\"filename\":1}";

    private final boolean lines;
    private final String coding;
    private final boolean damaged;
    private final boolean notJson;
    private final boolean faulty;
    private final int count;
    private final int plainBytes;
    private final byte[] bytes;

    MadeBody(Choices choices, boolean lines) {
        this.lines = lines;
        this.count = choices.next(FuzzedConnection.MAX_RECORDS + 2);
        this.faulty = count > 0 && choices.rarely(6);
        this.notJson = choices.rarely(8);
        int padding = choices.rarely(6) ? choices.of(500, 1000, 1100, 2100, 4000) : 0;
        String text = text(choices) + " ".repeat(padding) + (notJson ? "{" : "");
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        this.plainBytes = plain.length;
        this.coding = choices.rarely(4) ? choices.of("gzip", "x-gzip", "deflate", "Deflate", "identity", "br") : "";
        byte[] packed = pack(plain, choices.next(2) == 1);
        this.damaged = isPacked() && choices.rarely(4);
        this.bytes = damaged ? Arrays.copyOf(packed, choices.next(packed.length)) : packed;
    }

    private String text(Choices choices) {
        String[] records = new String[count];
        Arrays.fill(records, RECORD.formatted("s" + choices.next(3)));
        if (faulty) {
            records[choices.next(count)] = FAULTY;
        }
        return lines ? String.join("\n", records) : "{\"sessions\":[" + String.join(",", records) + "]}";
    }

    private boolean isPacked() {
        return coding.equals("gzip") || coding.equals("x-gzip") || isDeflated();
    }

    private boolean isDeflated() {
        return coding.equalsIgnoreCase("deflate");
    }

    private byte[] pack(byte[] plain, boolean bare) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
        try (OutputStream packing = !isPacked()
                ? packed
                : isDeflated() ? new DeflaterOutputStream(packed, deflater) : new GZIPOutputStream(packed)) {
            new ByteArrayInputStream(plain).transferTo(packing);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    byte[] bytes() {
        return bytes;
    }

    String coding() {
        return coding;
    }

    int count() {
        return count;
    }

    /**
     * The status of its refusal once it has arrived, or 0.
     *
     * @param asLines whether its type says that it holds a record a line
     */
    int refusal(boolean asLines) {
        if (damaged) {
            return 400;
        } else if (plainBytes > FuzzedConnection.MAX_BYTES) {
            return 413;
        } else if (count > FuzzedConnection.MAX_RECORDS) {
            return 413;
        } else if (notJson) {
            return 400;
        } else if (lines != asLines) {
            throw new IllegalStateException("not made");
        }
        return faulty ? 422 : 0;
    }
}
