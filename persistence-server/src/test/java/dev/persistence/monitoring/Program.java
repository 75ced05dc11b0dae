package dev.persistence.monitoring;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.InstalledProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A program of Debian's package {@code prometheus}. */
enum Program {
    PROMTOOL,
    PROMETHEUS;

    /** How a run ended, with all that it printed. */
    record Run(int exitCode, String output) {}

    private String file() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Skips the test, with a reason, on a machine that does not have it. */
    void assumeInstalled() {
        assumeTrue(
                InstalledProgram.find(file()).isPresent(),
                () -> "there is no program " + file() + " on the PATH; Debian's package prometheus has it");
    }

    ProcessBuilder command(String... arguments) {
        assumeInstalled();
        List<String> command = new ArrayList<>(List.of(file()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /** Runs it to its end, on the given input. */
    Run run(String input, String... arguments) throws IOException, InterruptedException {
        Process process = command(arguments).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
