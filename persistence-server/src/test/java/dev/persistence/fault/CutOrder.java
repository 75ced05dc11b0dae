package dev.persistence.fault;

import io.netty.buffer.ByteBuf;

/**
 * The order to cut one connection at an exact byte: once a text has passed in one direction, so many bytes more pass in
 * another (or the same), and then none. The first connection that gets there spends it. Event loop.
 */
final class CutOrder {

    private final Direction watched;
    private final byte[] text;
    private final Direction direction;
    private final long bytes;
    private final End end;
    private boolean spent;

    CutOrder(Direction watched, byte[] text, Direction direction, long bytes, End end) {
        this.watched = watched;
        this.text = text.clone();
        this.direction = direction;
        this.bytes = bytes;
        this.end = end;
    }

    /** Follows one connection. */
    Progress begin() {
        return new Progress();
    }

    /** How far one connection is on its way to the cut. */
    final class Progress {

        private long left = bytes;
        private int matched; // bytes of the text that have passed
        private boolean reached;

        /** How many of the next bytes may pass; after fewer than all, or with {@link #reached}, the connection ends. */
        int allow(Direction going, ByteBuf next, int count) {
            if (spent) {
                return count;
            }
            int from = matched < text.length && going == watched ? match(next, count) : 0;
            if (matched < text.length || going != direction) {
                return count;
            }
            if (count - from < left) {
                left -= count - from;
                return count;
            }
            spent = true;
            reached = true;
            return from + (int) left;
        }

        boolean reached() {
            return reached;
        }

        End end() {
            return end;
        }

        /** Where the text ends in these bytes; it may have begun in earlier ones, and does not repeat its own beginning. */
        private int match(ByteBuf next, int count) {
            for (int index = 0; index < count; index++) {
                byte current = next.getByte(next.readerIndex() + index);
                if (current != text[matched]) {
                    matched = 0;
                }
                if (current == text[matched]) {
                    matched++;
                }
                if (matched == text.length) {
                    return index + 1;
                }
            }
            return count;
        }
    }
}
