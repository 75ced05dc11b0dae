package dev.persistence.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

    private static final String TASKS = "{ \"tasks\": [ {\"task_id\": \"ä\\u00e4\"},{} ] }";

    @TempDir
    Path folder;

    @Test
    void bodies_areTheBytesOfTheFile() throws IOException {
        Workload played = recorded(line(0, "tasks", TASKS)).play();

        Request request = played.next(0);

        assertEquals("tasks", request.type());
        assertEquals(TASKS, new String(request.body(), StandardCharsets.UTF_8));
        assertEquals(2, request.records());
        assertNull(played.next(0));
    }

    @Test
    void lanes_keepTheirOrder() throws IOException {
        Recording recording = recorded(
                line(7, "sessions", "{\"sessions\":[{}]}"),
                line(2, "tasks", "{\"tasks\":[]}"),
                line(7, "tasks", TASKS));
        Workload played = recording.play();

        assertEquals(2, played.lanes());
        assertEquals(3, recording.records());
        assertEquals("tasks", played.next(0).type());
        assertEquals("sessions", played.next(1).type());
        assertEquals("tasks", played.next(1).type());
        assertNull(played.next(0));
        assertNull(played.next(1));
    }

    @Test
    void play_beginsAgain() throws IOException {
        Recording recording = recorded(line(0, "tasks", TASKS));

        recording.play().next(0);

        assertEquals(2, recording.play().next(0).records());
    }

    @Test
    void aLineThatIsNoRequest_isNamed() {
        IOException wrong = assertThrows(
                IOException.class,
                () -> recorded(line(0, "tasks", TASKS), "{\"lane\":0,\"path\":\"/tasks\",\"body\":{}}"));

        assertEquals(
                folder.resolve("requests.ndjson")
                        + ", line 2: path: \"/tasks\" (expected /api/v1/persistence/TYPE/batch)",
                wrong.getMessage());
    }

    private Recording recorded(String... lines) throws IOException {
        return Recording.read(Files.writeString(folder.resolve("requests.ndjson"), String.join("\n", lines) + "\n"));
    }

    private static String line(int lane, String type, String body) {
        return "{\"lane\": " + lane + ", \"path\": \"/api/v1/persistence/" + type + "/batch\", \"body\": " + body + "}";
    }
}
