package dev.persistence.resend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.resend.ScriptedService.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ResendCommandTest {

    private static final Answer WRITTEN = new Answer(200, "{\"status\":\"written\"}");

    @TempDir
    private Path folder;

    private Path file;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void name() {
        file = folder.resolve("tasks.2.ndjson");
    }

    private int resend(ScriptedService service, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--url", service.url(), file.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return new CommandLine(new ResendCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> "{\"n\":" + n + "}\n")
                .collect(Collectors.joining());
    }

    /** Answers as the service does: lines with "bad" in them are refused, at most 20 of them named. */
    private static Function<List<String>, Answer> refusing(String bad, String written) {
        return lines -> {
            List<Integer> faulty = IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).contains(bad))
                    .boxed()
                    .toList();
            String errors = faulty.stream()
                    .limit(20)
                    .map(i -> "{\"pointer\":\"/tasks/" + i + "/row_index\",\"detail\":\"must be small\"}")
                    .collect(Collectors.joining(","));
            return faulty.isEmpty()
                    ? WRITTEN
                    : new Answer(
                            422, "{" + written + "\"errors\":[" + errors + "],\"error_count\":" + faulty.size() + "}");
        };
    }

    @Test
    void file_isSentInChunksThatWaitForTheCommit() throws IOException {
        Files.writeString(file, lines(1200));
        try (ScriptedService service = new ScriptedService(lines -> WRITTEN)) {
            assertEquals(0, resend(service), err::toString);

            assertEquals(
                    List.of(500, 500, 200),
                    service.requests.stream().map(List::size).toList());
            assertEquals("/api/v1/persistence/tasks/batch?ack=written", service.paths.get(0));
            assertEquals("null", service.tokens.get(0));
        }
        assertEquals(file + ": 1200 written, 0 refused" + System.lineSeparator(), out.toString());
    }

    @Test
    void longLines_makeSmallerChunks() throws IOException {
        Files.writeString(file, ("\"" + "x".repeat(3 << 20) + "\"\n").repeat(3));
        try (ScriptedService service = new ScriptedService(lines -> WRITTEN)) {
            assertEquals(0, resend(service));

            assertEquals(
                    List.of(2, 1), service.requests.stream().map(List::size).toList());
        }
    }

    @Test
    void linesRefusedAtTheDoor_areNamedAndTheRestIsSent() throws IOException {
        Files.writeString(file, "{\"n\":1}\n\n{\"bad\":2}\r\n{\"n\":3}"); // the last line has no end
        try (ScriptedService service = new ScriptedService(refusing("bad", ""))) {
            assertEquals(1, resend(service));

            assertEquals(List.of("{\"n\":1}", "{\"n\":3}"), service.requests.get(1));
        }
        assertEquals(
                List.of(file + ":3: /row_index must be small", file + ": 2 written, 1 refused"),
                out.toString().lines().toList());
    }

    @Test
    void moreFaultsThanAreNamed_areAllFound() throws IOException {
        Files.writeString(file, "{\"bad\":1}\n".repeat(50) + lines(10));
        try (ScriptedService service = new ScriptedService(refusing("bad", ""))) {
            assertEquals(1, resend(service));
        }
        assertEquals(
                50,
                out.toString()
                        .lines()
                        .filter(line -> line.contains(": /row_index"))
                        .count());
        assertTrue(out.toString().endsWith(": 10 written, 50 refused" + System.lineSeparator()), out::toString);
    }

    @Test
    void linesRefusedByTheDatabase_areNamedAndTheRestIsNotSentTwice() throws IOException {
        Files.writeString(file, "{\"bad\":1}\n" + lines(3));
        try (ScriptedService service = new ScriptedService(refusing("bad", "\"written\":3,"))) {
            assertEquals(1, resend(service));

            assertEquals(1, service.requests.size());
        }
        assertTrue(out.toString().endsWith(": 3 written, 1 refused" + System.lineSeparator()), out::toString);
    }

    @Test
    void lineThatIsNotJson_isFoundByHalving() throws IOException {
        Files.writeString(file, lines(5) + "{\"torn\n" + lines(5));
        try (ScriptedService service = new ScriptedService(lines ->
                lines.contains("{\"torn") ? new Answer(400, "{\"detail\":\"not JSON in line 6\"}") : WRITTEN)) {
            assertEquals(1, resend(service));
        }
        assertEquals(
                List.of(file + ":6: not JSON in line 6", file + ": 10 written, 1 refused"),
                out.toString().lines().toList());
    }

    @Test
    void smallerLimitOfTheService_isFoundByHalving() throws IOException {
        Files.writeString(file, lines(10));
        try (ScriptedService service =
                new ScriptedService(lines -> lines.size() > 3 ? new Answer(413, "{}") : WRITTEN)) {
            assertEquals(0, resend(service));
        }
        assertTrue(out.toString().endsWith(": 10 written, 0 refused" + System.lineSeparator()), out::toString);
    }

    @Test
    void fullService_isAskedAgain() throws IOException {
        Files.writeString(file, lines(2));
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedService service =
                new ScriptedService(lines -> calls.incrementAndGet() < 4 ? new Answer(503, "{}") : WRITTEN)) {
            assertEquals(0, resend(service));
        }
        assertEquals(4, calls.get());
    }

    @Test
    void serviceThatStaysFull_endsAfterTheTries() throws IOException {
        Files.writeString(file, lines(600));
        try (ScriptedService service = new ScriptedService(
                lines -> lines.size() == 500 ? WRITTEN : new Answer(503, "{\"detail\":\"the ring is full\"}"))) {
            assertEquals(1, resend(service, "--tries", "3"));

            assertEquals(4, service.requests.size());
        }
        assertEquals(
                file + ": the service answers 503: the ring is full; 3 tries; nothing after line 500 is known to be"
                        + " written" + System.lineSeparator(),
                err.toString());
        assertEquals(file + ": 500 written, 0 refused, the rest not sent" + System.lineSeparator(), out.toString());
    }

    @Test
    void unknownType_endsAtOnce() throws IOException {
        Files.writeString(file, lines(1));
        try (ScriptedService service = new ScriptedService(lines -> new Answer(404, "{\"detail\":\"no such type\"}"))) {
            assertEquals(1, resend(service, "--type", "nothing"));

            assertEquals(List.of("/api/v1/persistence/nothing/batch?ack=written"), service.paths);
        }
        assertTrue(err.toString().startsWith(file + ": the service answers 404: no such type; "), err::toString);
    }

    @Test
    void token_isSent() throws IOException {
        Files.writeString(file, lines(1));
        Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
        try (ScriptedService service = new ScriptedService(lines -> WRITTEN)) {
            assertEquals(0, resend(service, "--token-file", token.toString()));

            assertEquals(List.of("Bearer s3cret"), service.tokens);
        }
    }

    @Test
    void emptyFile_isWritten() throws IOException {
        Files.writeString(file, "");
        try (ScriptedService service = new ScriptedService(lines -> WRITTEN)) {
            assertEquals(0, resend(service));

            assertEquals(List.of(), service.requests);
        }
    }

    @Test
    void whatCannotBeUsed_isSaidAndNothingIsSent() throws IOException {
        assertEquals(2, execute());
        assertEquals(2, execute(folder.resolve("none.ndjson").toString()));
        assertTrue(err.toString().contains("none.ndjson: (expected a file that can be read)"), err::toString);
        Path nameless = Files.writeString(folder.resolve("records"), "");
        assertEquals(2, execute(nameless.toString()));
        assertTrue(err.toString().contains("give it with --type"), err::toString);
        assertEquals(2, execute("--url", "localhost", nameless.toString()));
        assertTrue(err.toString().contains("--url: localhost (expected such as http://localhost:8001)"), err::toString);
    }
}
