package dev.persistence.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Packs bodies as clients do. */
final class Packing {

    private Packing() {}

    /** Packs a text as {@code gzip}, {@code deflate}, or {@code deflate bare}, which has no zlib head as some send it. */
    static byte[] pack(String packing, String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = switch (packing) {
            case "deflate" -> new DeflaterOutputStream(packed);
            case "deflate bare" -> new DeflaterOutputStream(packed, new Deflater(6, true));
            default -> new GZIPOutputStream(packed);
        }) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
