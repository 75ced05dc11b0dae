package dev.persistence.fallback;

import static dev.persistence.ring.TestRecord.event;
import static dev.persistence.ring.TestRecord.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.WriteOutcome;
import dev.persistence.batch.WriteOutcome.Committed;
import dev.persistence.batch.WriteOutcome.Lost;
import dev.persistence.ring.Refusal;
import dev.persistence.ring.TestRecord;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.RefusalReason;
import dev.persistence.telemetry.registry.Instruments;
import dev.persistence.telemetry.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

    private static final Lost AWAY = new Lost("the database is away", LossReason.UNREACHABLE);

    @TempDir
    private Path temporary;

    private final Instruments metrics =
            new Instruments(new Registry(), TestRecord.TYPES.names(), InstantSource.system());

    private Path dir() {
        return temporary.resolve("state").resolve("dead-letter");
    }

    private WriteOutcome write(WriteOutcome outcome, long maxBytes, TestRecord... records) {
        return store(outcome, maxBytes).write(Batches.of(records));
    }

    private DeadLetterStore store(WriteOutcome outcome, long maxBytes) {
        return new DeadLetterStore(new Batches.ScriptedStore(outcome), new DeadLetters(dir(), maxBytes, metrics));
    }

    private long deadLettered(String type) {
        return metrics.totals().deadLettered(TestRecord.TYPES.names().indexOf(type));
    }

    private String kept(String type) throws IOException {
        return Files.readString(dir().resolve(type + ".ndjson"));
    }

    @Test
    void lostBatch_isKeptByTypeInOrderOfArrival() throws IOException {
        WriteOutcome outcome = write(
                AWAY,
                10_000,
                order("b")
                        .with("a", "1")
                        .with("b", "it's \"x\"\n😀")
                        .with("c", null)
                        .created(1_000_000),
                event(7),
                order("a").changed(1_767_323_045_678_901L),
                order("b"));

        assertEquals(
                new Lost(
                        "the database is away; 3 orders are kept in " + dir().resolve("orders.ndjson")
                                + ", 1 events are kept in " + dir().resolve("events.ndjson"),
                        LossReason.UNREACHABLE),
                outcome);
        assertEquals("""
                {"id":"b","a":1,"b":"it's \\"x\\"\\n😀","c":null,"created":"1970-01-01T00:00:01.000000Z",\
                "changed":"1970-01-01T00:00:00.000001Z"}
                {"id":"a","changed":"2026-01-02T03:04:05.678901Z"}
                {"id":"b","changed":"1970-01-01T00:00:00.000001Z"}
                """, kept("orders"));
        assertEquals("{\"number\":7}\n", kept("events"));
        assertEquals(3, deadLettered("orders"));
        assertEquals(1, deadLettered("events"));
    }

    @Test
    void refusedRecords_areKeptAndNoOthers() throws IOException {
        Committed committed = new Committed(List.of(new Refusal(1, "why", RefusalReason.CHECK)));

        assertEquals(committed, write(committed, 10_000, order("a"), order("b"), order("c")));

        assertEquals("{\"id\":\"b\",\"changed\":\"1970-01-01T00:00:00.000001Z\"}\n", kept("orders"));
        assertEquals(1, deadLettered("orders"));
    }

    @Test
    void unexpectedFailure_isKeptAndGoesOn() throws IOException {
        DeadLetterStore store = new DeadLetterStore(
                new Batches.ScriptedStore(AWAY) {
                    @Override
                    public WriteOutcome write(RecordBatch batch) {
                        throw new IllegalStateException("a defect");
                    }
                },
                new DeadLetters(dir(), 10_000, metrics));

        assertThrows(IllegalStateException.class, () -> store.write(Batches.of(event(1))));
        assertEquals("{\"number\":1}\n", kept("events"));
    }

    @Test
    void writtenBatch_leavesNothing() {
        write(new Committed(List.of()), 10_000, order("a"));

        assertFalse(Files.exists(dir()));
    }

    @Test
    void laterBatch_isAppended() throws IOException {
        write(AWAY, 10_000, event(1));
        write(AWAY, 10_000, event(2));

        assertEquals("{\"number\":1}\n{\"number\":2}\n", kept("events"));
    }

    @Test
    void fileThatWasMovedAway_isBegunAnew() throws IOException {
        DeadLetterStore store = store(AWAY, 10_000);
        store.write(Batches.of(event(1)));
        Files.move(dir().resolve("events.ndjson"), temporary.resolve("moved"));

        store.write(Batches.of(event(2)));

        assertEquals("{\"number\":2}\n", kept("events"));
        assertEquals("{\"number\":1}\n", Files.readString(temporary.resolve("moved")));
    }

    @Test
    void lineTornByACrash_isEndedFirst() throws IOException {
        Files.createDirectories(dir());
        Files.writeString(dir().resolve("events.ndjson"), "{\"num");

        write(AWAY, 10_000, event(1));

        assertEquals("{\"num\n{\"number\":1}\n", kept("events"));
    }

    @Test
    void overTheLimit_isSaidWithNumbersAndLeavesTheFileAsItWas() throws IOException {
        write(AWAY, 30, event(1));

        WriteOutcome outcome = write(AWAY, 30, event(2), event(3));

        String reason = ((Lost) outcome).reason();
        assertTrue(
                reason.startsWith("the database is away; 2 events are NOT kept: the files in " + dir()
                        + " have 13 bytes, these records would add 26, and 30 are allowed"
                        + " (buffer.dead-letter-max-bytes)"),
                reason);
        assertEquals("{\"number\":1}\n", kept("events"));
        assertEquals(1, deadLettered("events"));
    }

    @Test
    void diskFull_isSaidAndCountsAsLost() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        Files.createDirectories(dir());
        Files.createSymbolicLink(dir().resolve("events.ndjson"), full);

        String reason = ((Lost) write(AWAY, 10_000, event(1), order("a"))).reason();

        assertTrue(reason.contains("1 orders are kept in "), reason);
        assertTrue(reason.contains("1 events are NOT kept: IOException: No space left on device"), reason);
        assertEquals(0, deadLettered("events"));
    }

    @Test
    void interruptedThread_keepsAllTheSame() throws IOException {
        Thread.currentThread().interrupt();

        write(AWAY, 10_000, event(1));

        assertTrue(Thread.interrupted(), "the interrupt is not swallowed");
        assertEquals("{\"number\":1}\n", kept("events"));
    }

    @Test
    void folderAndFiles_areTheOwnersOnly() throws IOException {
        write(AWAY, 10_000, event(1));

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dir())));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(dir().resolve("events.ndjson"))));
    }

    @Test
    void tryingAFolderOut_leavesNothingBehind() throws IOException {
        DeadLetters.tryOut(dir());

        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void folderThatIsAFile_cannotBeUsed() throws IOException {
        Files.createFile(temporary.resolve("state"));

        IOException failed = assertThrows(IOException.class, () -> DeadLetters.tryOut(dir()));

        assertTrue(DeadLetters.words(failed).contains("state"), DeadLetters.words(failed));
    }
}
