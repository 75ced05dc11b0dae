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
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * How a body is packed. Bodies are unpacked whole, once they are complete: unlike the incremental decoders this one
 * notices where the end is missing.
 */
public enum ContentCoding {
    IDENTITY,
    GZIP,
    /** As the RFC has it (zlib), and as many clients send it (bare). */
    DEFLATE;

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
        byte[] unpacked;
        try {
            InputStream packed = new ByteArrayInputStream(
                    body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
            unpacked = this == GZIP ? gunzip(packed, maxBytes + 1) : inflate(packed, body, maxBytes + 1);
        } catch (IOException damaged) {
            throw Refused.with(Problem.of(
                    HttpResponseStatus.BAD_REQUEST,
                    ProblemType.MALFORMED_BODY,
                    "the body is not complete and undamaged " + name().toLowerCase(Locale.ROOT)));
        }
        if (unpacked.length > maxBytes) {
            throw Refused.with(Problem.of(
                    HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                    ProblemType.BODY_TOO_LARGE,
                    "the body unpacks to more than " + maxBytes + " bytes (service.max-request-bytes)"));
        }
        return Unpooled.wrappedBuffer(unpacked);
    }

    private static byte[] gunzip(InputStream packed, int atMost) throws IOException {
        try (InputStream unpacked = new GZIPInputStream(packed, 8192)) {
            return unpacked.readNBytes(atMost);
        }
    }

    private static byte[] inflate(InputStream packed, ByteBuf body, int atMost) throws IOException {
        Inflater inflater = new Inflater(!hasZlibHeader(body));
        try (InputStream unpacked = new InflaterInputStream(packed, inflater, 8192)) {
            return unpacked.readNBytes(atMost);
        } finally {
            inflater.end();
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
