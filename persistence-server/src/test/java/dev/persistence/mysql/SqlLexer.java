package dev.persistence.mysql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How MySQL's manual reads a statement: string literals in either quotes, names in backquotes, comments. It finds where
 * literals begin and end, and what they hold; all else is the statement's shape.
 */
final class SqlLexer {

    private static final String ESCAPES = "0bnrtZ";
    private static final byte[] ESCAPED = {0, '\b', '\n', '\r', '\t', 26};

    private final byte[] sql;
    private final boolean backslashEscapes;
    private final StringBuilder shape = new StringBuilder();
    private final List<byte[]> literals = new ArrayList<>();
    private int at;

    /** @param backslashEscapes whether the session is without {@code NO_BACKSLASH_ESCAPES} */
    SqlLexer(byte[] sql, boolean backslashEscapes) {
        this.sql = sql.clone();
        this.backslashEscapes = backslashEscapes;
        while (at < this.sql.length) {
            if (this.sql[at] == '\'' || this.sql[at] == '"') {
                shape.append('?');
                literals.add(literal(this.sql[at++]));
            } else if (isComment()) {
                throw new AssertionError("a comment in " + new String(sql, StandardCharsets.UTF_8));
            } else {
                shape.append((char) (this.sql[at++] & 0xFF));
            }
        }
    }

    private boolean isComment() {
        String here = new String(sql, at, Math.min(2, sql.length - at), StandardCharsets.ISO_8859_1);
        return here.equals("/*") || here.equals("--") || here.startsWith("#");
    }

    private byte[] literal(byte quote) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        while (at < sql.length) {
            byte next = sql[at++];
            if (next == '\\' && backslashEscapes && at < sql.length) {
                int escape = ESCAPES.indexOf(sql[at]);
                value.write(escape < 0 ? sql[at] : ESCAPED[escape]);
                at++;
            } else if (next != quote) {
                value.write(next);
            } else if (at < sql.length && sql[at] == quote) {
                value.write(sql[at++]);
            } else {
                return value.toByteArray();
            }
        }
        throw new AssertionError("a literal without an end in " + new String(sql, StandardCharsets.UTF_8));
    }

    /** The statement with a question mark for each literal. */
    String shape() {
        return shape.toString();
    }

    /** What the literals hold. */
    List<byte[]> literals() {
        return literals;
    }
}
