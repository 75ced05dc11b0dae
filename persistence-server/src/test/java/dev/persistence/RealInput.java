package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.mysql.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The translations of a real game, as the requests that a translation system would send, and the rows that they give.
 * One language by default; {@code -Dreal-input.languages=all} takes all of them, and {@code -Dreal-input.folder=DIR} takes
 * requests that are already there.
 */
public final class RealInput {

    private static final Path TOOL = Path.of("../../shared/tools/translations");
    private static final int LANES = 8;
    private static final Pattern REQUEST =
            Pattern.compile("\\{\"lane\": (\\d+), \"path\": \"([^\"]+)\", \"body\": (.*)\\}", Pattern.DOTALL);

    private final Path folder;

    private RealInput(Path folder) {
        this.folder = folder;
    }

    /** One request; those of a lane are to be sent one after another. */
    public record Request(int lane, String path, String body) {

        private static Request of(String line) {
            Matcher request = REQUEST.matcher(line);
            assertTrue(request.matches());
            return new Request(Integer.parseInt(request.group(1)), request.group(2), request.group(3));
        }
    }

    /** Sends one request, and returns when it is taken. */
    @FunctionalInterface
    public interface Sender {
        void send(Request request) throws Exception;
    }

    /** Makes it in a folder, unless it is elsewhere already; skips the test on a machine that has neither. */
    public static RealInput in(Path folder) throws IOException, InterruptedException {
        String given = System.getProperty("real-input.folder", "");
        if (!given.isEmpty()) {
            return new RealInput(Path.of(given));
        }
        assumeTrue(
                Files.isExecutable(TOOL), "the real input comes from ../shared/tools/translations, which is missing");
        String languages = System.getProperty("real-input.languages", "de");
        String wanted = languages.equals("all") ? "" : languages;
        Process tool = new ProcessBuilder(TOOL.toString(), folder.toString(), "--languages", wanted)
                .inheritIO()
                .start();
        assertEquals(0, tool.waitFor());
        return new RealInput(folder);
    }

    /** Sends all of it, the lanes side by side, each by a sender of its own. */
    public void replay(Supplier<Sender> senders) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> lanes = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int own = lane;
                Sender sender = senders.get();
                lanes.add(threads.submit(() -> {
                    replay(own, sender);
                    return null;
                }));
            }
            for (Future<?> lane : lanes) {
                lane.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void replay(int lane, Sender sender) throws Exception {
        try (BufferedReader lines = Files.newBufferedReader(folder.resolve("requests.ndjson"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Request request = Request.of(line);
                if (request.lane() == lane) {
                    sender.send(request);
                }
            }
        }
    }

    /** The tables hold exactly the rows that all of the requests give. */
    public void assertRows(TestDatabase database) throws Exception {
        StoredRows rows = StoredRows.read(database);
        List<String> differences = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(folder.resolve("expected.ndjson"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, String> entry = StoredRows.members(line);
                differences.addAll(rows.take(entry.get("table"), StoredRows.members(entry.get("row"))));
            }
        }
        differences.addAll(rows.rest());
        assertEquals(List.of(), differences.subList(0, Math.min(10, differences.size())));
    }
}
