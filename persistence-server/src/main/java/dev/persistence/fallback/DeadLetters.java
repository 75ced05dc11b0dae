package dev.persistence.fallback;

import dev.persistence.ring.RecordSlot;
import dev.persistence.schema.RecordType;
import dev.persistence.telemetry.PipelineMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The dead-letter folder: {@code TYPE.ndjson} for each record type, each line one record as the batch endpoint takes it.
 * What {@link #append} says it kept is on the disk. Consumer thread.
 */
public final class DeadLetters {

    private final DeadLetterFolder folder;
    private final PipelineMetrics metrics;

    /**
     * @param dir is made when it is first needed
     * @param maxBytes most bytes of all its files together
     */
    public DeadLetters(Path dir, long maxBytes, PipelineMetrics metrics) {
        this.folder = new DeadLetterFolder(dir, maxBytes);
        this.metrics = metrics;
    }

    /**
     * Tries whether the folder can be used, and leaves nothing behind.
     *
     * @throws IOException if not; {@link #words} says why
     */
    public static void tryOut(Path dir) throws IOException {
        DeadLetterFolder.tryOut(dir);
    }

    /** Why a folder cannot be used, in words for people. */
    public static String words(Exception failed) {
        return DeadLetterFolder.words(failed);
    }

    /**
     * What became of records that were to be kept.
     *
     * @param all whether all of them are
     * @param words for the log; no user text
     */
    record Kept(boolean all, String words) {}

    /** Appends records, given in ring order. Never throws: what cannot be kept is said. */
    Kept append(List<RecordSlot> records) {
        boolean interrupted = Thread.interrupted(); // it would close the file in the middle of a line
        try {
            return appendByType(records);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Kept appendByType(List<RecordSlot> records) {
        Map<Integer, List<RecordSlot>> byType = new TreeMap<>();
        records.forEach(record -> byType.computeIfAbsent(record.type().ordinal(), type -> new ArrayList<>())
                .add(record));
        List<String> words = new ArrayList<>();
        boolean all = true;
        for (List<RecordSlot> ofType : byType.values()) {
            RecordType type = ofType.get(0).type();
            String file = type.name() + ".ndjson";
            try {
                folder.append(file, RecordLines.of(type, ofType));
                metrics.deadLettered(type.ordinal(), ofType.size());
                words.add(ofType.size() + " " + type.name() + " are kept in "
                        + folder.dir().resolve(file));
            } catch (IOException | RuntimeException failed) {
                all = false;
                words.add(ofType.size() + " " + type.name() + " are NOT kept: " + DeadLetterFolder.words(failed));
            }
        }
        return new Kept(all, String.join(", ", words));
    }
}
