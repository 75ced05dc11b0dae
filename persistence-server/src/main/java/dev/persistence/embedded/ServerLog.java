package dev.persistence.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that takes what the database's programs print; its tail explains a failed start. */
record ServerLog(Path file) {

    private static final int TAIL_LINES = 12;

    /** The failure of a step, with the tail of the log, and plain words for the known reasons. */
    EmbeddedDatabaseException failure(String step) {
        String text = text();
        String hint = "";
        if (text.contains("error while loading shared libraries")) {
            hint = "It needs system libraries that are missing here; on Debian and Ubuntu: apt-get install libcrypt1"
                    + " libsystemd0 libstdc++6." + System.lineSeparator();
        } else if (text.contains("No space left on device")) {
            hint = "The disk is full." + System.lineSeparator();
        }
        List<String> lines = text.lines().toList();
        String tail = String.join(
                System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        return new EmbeddedDatabaseException("the embedded database " + step + ". " + hint + "The end of " + file + ":"
                + System.lineSeparator() + tail);
    }

    /** Whether another process took the port between our choice and the server's. */
    boolean saysThatPortIsTaken() {
        return text().contains("Bind on TCP/IP port");
    }

    private String text() {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "(it cannot be read: " + unreadable.getMessage() + ")";
        }
    }
}
