package dev.persistence.http.body;

import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.ProblemType;
import dev.persistence.http.answer.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * How a body is packed. Bodies are unpacked whole, once they are complete: unlike the incremental decoders this one
 * notices where the end is missing, or not the end.
 */
public enum ContentCoding {
    IDENTITY,
    GZIP,
    /** As the RFC has it (zlib), and as many clients send it (bare). */
    DEFLATE;

    private static final int CHUNK_BYTES = 8192;
    private static final Map<String, ContentCoding> NAMES =
            Map.of("identity", IDENTITY, "gzip", GZIP, "x-gzip", GZIP, "deflate", DEFLATE);

    /** The coding that a request names; identity where it names none. */
    public static ContentCoding of(HttpHeaders headers) throws Refused {
        if (!headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return IDENTITY;
        }
        String name = String.join(",", headers.getAll(HttpHeaderNames.CONTENT_ENCODING));
        ContentCoding coding = NAMES.get(name.trim().toLowerCase(Locale.ROOT));
        if (coding == null) {
            throw Refused.with(Problem.of(
                            HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                            "expected one Content-Encoding of identity, gzip and deflate")
                    .with(Map.of(HttpHeaderNames.ACCEPT_ENCODING, "gzip, deflate, identity")));
        }
        return coding;
    }

    /**
     * The body unpacked, with an array behind it; the same object where nothing is packed.
     *
     * @throws Refused if it unpacks to more than {@code maxBytes}, or is damaged or cut off
     */
    public ByteBuf unpack(ByteBuf body, int maxBytes) throws Refused {
        if (this == IDENTITY) {
            return body;
        }
        try {
            // Twice, so that a bomb costs no memory and anything else no more than its size.
            int size = size(body, maxBytes);
            if (size > maxBytes) {
                throw Refused.with(Problem.of(
                        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                        ProblemType.BODY_TOO_LARGE,
                        "the body unpacks to more than " + maxBytes + " bytes (service.max-request-bytes)"));
            }
            byte[] unpacked = new byte[size];
            try (InputStream stream = open(body)) {
                stream.readNBytes(unpacked, 0, size);
            }
            return Unpooled.wrappedBuffer(unpacked);
        } catch (IOException damaged) {
            throw Refused.with(Problem.of(
                    HttpResponseStatus.BAD_REQUEST,
                    ProblemType.MALFORMED_BODY,
                    "the body is not complete and undamaged " + name().toLowerCase(Locale.ROOT)));
        }
    }

    /** Bytes that the body unpacks to; reading ends soon behind {@code maxBytes}. */
    private int size(ByteBuf body, int maxBytes) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream stream = open(body)) {
            int size = 0;
            for (int read = 0; read >= 0 && size <= maxBytes; read = stream.read(chunk)) {
                size += read;
            }
            return size;
        }
    }

    private InputStream open(ByteBuf body) {
        int offset = body.arrayOffset() + body.readerIndex();
        int length = body.readableBytes();
        return this == GZIP
                ? new GzipStream(body.array(), offset, length)
                : new Inflation(new ByteArrayInputStream(body.array(), offset, length), hasZlibHeader(body));
    }

    /** Frees the native memory of its inflater when closed. */
    private static final class Inflation extends InflaterInputStream {

        Inflation(InputStream packed, boolean zlib) {
            super(packed, new Inflater(!zlib), CHUNK_BYTES);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read < 0 && inf.getRemaining() + in.available() > 0) {
                throw new ZipException("more behind the end");
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }

    private static boolean hasZlibHeader(ByteBuf body) {
        if (body.readableBytes() < 2) {
            return true;
        }
        int header = body.getUnsignedShort(body.readerIndex());
        return (header >> 8 & 0x0f) == 8 && header % 31 == 0;
    }
}
