package dev.persistence.client.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The bytes of one record as they are written, up to a limit: a value may be endless. One thread. */
final class BoundedBytes extends OutputStream {

    private static final int USUAL_BYTES = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    private final int limit;

    BoundedBytes(int limit) {
        this.limit = limit;
    }

    /** The limit was reached. */
    static final class ExceededException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void write(int value) throws IOException {
        checkRoom(1);
        bytes.write(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        checkRoom(length);
        bytes.write(source, offset, length);
    }

    private void checkRoom(int more) throws ExceededException {
        if (more > limit - bytes.size()) {
            throw new ExceededException();
        }
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
