package dev.persistence.http.body;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952): one member or several, one behind the other, and nothing else. The JDK's own stream takes
 * whatever does not begin a further member for the end, so that records of a damaged body would silently be missing; and
 * it calls itself for each member, so that a body of many empty ones overflows the stack.
 */
final class GzipStream extends InputStream {

    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;
    private static final int TIME_AND_SYSTEM_BYTES = 6;

    private final byte[] packed;
    private final int end;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    // Owned by the thread that reads.
    private int at;
    private boolean inMember;
    private boolean anyMember;

    GzipStream(byte[] packed, int offset, int length) {
        this.packed = packed;
        this.at = offset;
        this.end = offset + length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (inMember || at < end || !anyMember) {
            if (!inMember) {
                beginMember();
            }
            int read = inflate(target, offset, length);
            if (read > 0) {
                crc.update(target, offset, read);
                return read;
            } else if (inflater.finished()) {
                endMember();
            } else {
                throw new EOFException("within a member");
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException damaged) {
            throw new ZipException(damaged.getMessage());
        }
    }

    private void beginMember() throws IOException {
        int start = at;
        if (nextShort() != MAGIC || next() != DEFLATE) {
            throw new ZipException("not the beginning of a member");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("unknown flags");
        }
        skip(TIME_AND_SYSTEM_BYTES);
        if ((flags & EXTRA) != 0) {
            skip(nextShort());
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        crc.reset();
        crc.update(packed, start, at - start);
        if ((flags & HEADER_CRC) != 0 && (crc.getValue() & 0xffff) != nextShort()) {
            throw new ZipException("a damaged header");
        }
        crc.reset();
        inflater.reset();
        inflater.setInput(packed, at, end - at);
        inMember = true;
        anyMember = true;
    }

    private void endMember() throws IOException {
        at = end - inflater.getRemaining();
        if (nextInt() != crc.getValue() || nextInt() != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new ZipException("damaged content");
        }
        inMember = false;
    }

    private void skip(int bytes) throws EOFException {
        if (end - at < bytes) {
            throw new EOFException("within a header");
        }
        at += bytes;
    }

    private void skipText() throws EOFException {
        while (next() != 0) {
            // its end is a zero
        }
    }

    private long nextInt() throws EOFException {
        return nextShort() | (long) nextShort() << 16;
    }

    private int nextShort() throws EOFException {
        return next() | next() << 8;
    }

    private int next() throws EOFException {
        if (at == end) {
            throw new EOFException("within a header or behind the content");
        }
        return packed[at++] & 0xff;
    }

    /** Frees the native memory of the inflater. */
    @Override
    public void close() {
        inflater.end();
    }
}
