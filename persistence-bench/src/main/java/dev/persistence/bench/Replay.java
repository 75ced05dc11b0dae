package dev.persistence.bench;

import dev.persistence.bench.load.LoadOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench replay}: sends recorded requests, all of them, those of a session in their order. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Sends recorded requests to the packaged service on a database of its own, as fast as they are"
                + " accepted: those of one lane one after another, and every one until it is accepted. Ends with a flush,"
                + " counts the rows, and writes a report.")
final class Replay implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            description = "requests.ndjson, or its folder: a line is {\"lane\": N, \"path\":"
                    + " \"/api/v1/persistence/TYPE/batch\", \"body\": {...}}.")
    private Path file;

    @Option(
            names = "--retry",
            paramLabel = "TIME",
            defaultValue = "50ms",
            converter = DurationConverter.class,
            description =
                    "The pause before a request that was refused with 503 is sent again; the generator's own choice,"
                            + " in place of Retry-After. Default: ${DEFAULT-VALUE}")
    private Duration retry;

    @Mixin
    private TargetOptions target;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        return RunOutput.run(
                command.commandLine(),
                target,
                "Replay of real input",
                Map.of("input", "recorded requests, in order, until accepted"),
                Load.recorded(file),
                LoadOptions.closedLoop().withRetryPause(retry));
    }
}
