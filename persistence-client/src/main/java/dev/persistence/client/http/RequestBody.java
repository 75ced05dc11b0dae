package dev.persistence.client.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The body of a request, packed where that pays.
 *
 * @param bytes nobody changes them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RequestBody(byte[] bytes, boolean gzip) {

    private static final int UNPACKED_BYTES = 8 * 1024;

    /** None. */
    public static final RequestBody EMPTY = new RequestBody(new byte[0], false);

    /** A batch: {@code {"tasks":[…]}}. */
    public static RequestBody of(String type, List<byte[]> records) {
        byte[] opening = ("{\"" + type + "\":[").getBytes(StandardCharsets.UTF_8);
        byte[] closing = {']', '}'};
        int size = opening.length + records.size() + closing.length;
        for (byte[] each : records) {
            size += each.length;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(size);
        body.writeBytes(opening);
        for (int index = 0; index < records.size(); index++) {
            if (index > 0) {
                body.write(',');
            }
            body.writeBytes(records.get(index));
        }
        body.writeBytes(closing);
        return body.size() > UNPACKED_BYTES
                ? new RequestBody(packed(body), true)
                : new RequestBody(body.toByteArray(), false);
    }

    private static byte[] packed(ByteArrayOutputStream plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.size() / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            plain.writeTo(gzip);
        } catch (IOException impossible) { // in memory
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }
}
