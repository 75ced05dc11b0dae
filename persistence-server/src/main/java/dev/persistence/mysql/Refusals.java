package dev.persistence.mysql;

import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that the database refused in one transaction. They are logged only once it is committed: the refusals of
 * an attempt that is repeated count for nothing. Writer thread.
 */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final int MOST_KEY_CHARACTERS = 64;

    private final List<Refusal> refusals = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    void add(RecordSlot record, SqlFailure failure) {
        refusals.add(new Refusal(record.sequence(), failure.reason(), failure.refusal()));
        lines.add(record.type().name() + " with key \"" + printable(record.key()) + "\": " + failure.reason());
    }

    List<Refusal> asList() {
        return refusals;
    }

    /** One WARN a record: whoever sent it with a 202 learns of it nowhere else. */
    void log() {
        lines.forEach(line -> LOG.warn("The database refused a record of {}", line));
    }

    /** A key as it may stand in a log: of bounded length, and unable to forge a line. */
    static String printable(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(MOST_KEY_CHARACTERS).forEach(c -> printable.appendCodePoint(isPlain(c) ? c : '?'));
        return printable.toString();
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
