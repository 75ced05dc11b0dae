package dev.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.fault.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A Python client in a process of its own, which does what a test says, call by call. One thread. */
final class PythonClient implements AutoCloseable {

    /** Where the client and its own tests are, from the folder of this module. */
    static final Path FOLDER = Path.of("../clients/python").toAbsolutePath().normalize();

    private static final Path DRIVER =
            Path.of("src/test/resources/python/client_driver.py").toAbsolutePath();
    private static final Duration END = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final Path complaints;
    private final OutputStream calls;
    private final BufferedReader results;

    private PythonClient(ChildProcess process, Path complaints) {
        this.process = process;
        this.complaints = complaints;
        this.calls = process.process().getOutputStream();
        this.results =
                new BufferedReader(new InputStreamReader(process.process().getInputStream(), StandardCharsets.UTF_8));
    }

    /** Skips the test, with a reason, on a machine without Python. */
    static void assumePython() {
        assumeTrue(
                InstalledProgram.find("python3").isPresent(),
                "there is no program python3 on the PATH; Debian's package python3 has it");
    }

    /** Python that takes each warning for an error, and leaves nothing in the source tree. */
    static ProcessBuilder python(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder("python3", "-X", "dev", "-W", "error");
        builder.command().addAll(List.of(arguments));
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTHONPATH", FOLDER.toString());
        return builder;
    }

    /**
     * Starts one that sends at once, and has the time that a busy machine may need.
     *
     * @param folder for what it complains about
     * @param url of the service
     * @param more of the client's arguments, alternating names and values; {@code authority} is a PEM file to trust
     */
    static PythonClient start(Path folder, String url, Object... more) throws IOException {
        Map<String, Object> settings = Client.record("url", url, "buffer_seconds", 0.01, "timeout", 10);
        settings.putAll(Client.record(more));
        Path complaints = Files.createTempFile(folder, "python", ".txt");
        ProcessBuilder builder = python(DRIVER.toString(), JsonTree.write(settings));
        return new PythonClient(ChildProcess.start(builder.redirectError(complaints.toFile())), complaints);
    }

    /** What a method of the client returns, as JSON. */
    Object call(String method, Object... arguments) throws IOException {
        String call = JsonTree.write(Map.of("method", method, "arguments", Arrays.asList(arguments)));
        calls.write((call + "\n").getBytes(StandardCharsets.UTF_8));
        calls.flush();
        String result = results.readLine();
        if (result == null) {
            throw new AssertionError("the Python client ended: " + complaints());
        }
        return JsonTree.parse(result);
    }

    /** Sends records of a type. */
    void send(String type, Object records) throws IOException {
        call("send", type, records);
    }

    /** Flushes, and returns why that is no success; null if it is. */
    Object flush() throws IOException {
        return JsonTree.at(call("flush"), "reason");
    }

    /** Writes and waits, and returns why they are not all written; null if they are. */
    Object write(String type, Object records) throws IOException {
        return JsonTree.at(call("write_and_wait", type, records), "reason");
    }

    /** Holds the client's figures against what is expected, and against each other. */
    void assertCounts(long sent, Map<String, Long> dropped) throws IOException {
        Object statistics = call("statistics");
        Map<String, Long> found = new TreeMap<>();
        ((Map<?, ?>) JsonTree.at(statistics, "dropped_by"))
                .forEach((reason, count) -> found.put((String) reason, ((BigDecimal) count).longValueExact()));
        assertEquals(new TreeMap<>(dropped), found);
        assertEquals(sent, JsonTree.number(statistics, "sent"));
        long settled = sent + found.values().stream().mapToLong(Long::longValue).sum();
        assertEquals(JsonTree.number(statistics, "accepted"), settled + JsonTree.number(statistics, "waiting"));
    }

    /** Waits until nothing waits in it any more. */
    void awaitSent() {
        await().until(() -> JsonTree.number(call("statistics"), "waiting") == 0);
    }

    /** Tasks whose keys begin with a prefix. */
    static List<Map<String, Object>> tasks(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Client.task(prefix + "-" + number, "row_index", number))
                .toList();
    }

    /** What it wrote to its standard error: the warnings of its log, and whatever went wrong. */
    String complaints() throws IOException {
        return Files.readString(complaints);
    }

    /** Lets it end by itself, which closes the client, and returns what it complained about. */
    String end() throws IOException {
        calls.close();
        int code = process.exitCode(END);
        if (code != 0) {
            throw new AssertionError("exit code " + code + ": " + complaints());
        }
        return complaints();
    }

    @Override
    public void close() throws IOException {
        process.close();
        results.close();
    }
}
