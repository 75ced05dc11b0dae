package dev.persistence.bench;

import dev.persistence.bench.load.LoadOptions;
import dev.persistence.bench.workload.KeyOrder;
import dev.persistence.bench.workload.Recording;
import dev.persistence.bench.workload.RunMark;
import dev.persistence.bench.workload.SyntheticTasks;
import dev.persistence.bench.workload.TaskOptions;
import dev.persistence.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench load}: sends made-up tasks or the real input, and measures what comes of it. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Sends made-up tasks, or recorded requests, to the packaged service on a database of its own: at a"
                        + " fixed rate, whether or not it is answered (--rate), or as fast as it is answered. Ends with a flush,"
                        + " counts the rows, and writes a report.")
final class Load implements Callable<Integer> {

    private static final String SYNTHETIC = "synthetic";
    private static final String REQUESTS = "requests.ndjson";
    private static final long USUAL_RECORDS = 200_000;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            defaultValue = SYNTHETIC,
            description = "A folder with requests.ndjson, or synthetic: made-up tasks. Default: ${DEFAULT-VALUE}")
    private String input;

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "Ends after so many records. Default: 200000 made-up ones if there is no --duration, or the"
                    + " whole input.")
    private Long records;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Ends after a time such as 30s.")
    private Duration duration;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Records a second that come due; response times count from when a request was due, and what is"
                            + " refused is not sent again. Without it, each connection sends as soon as it is answered.")
    private Double rate;

    @Option(
            names = "--retry",
            paramLabel = "TIME",
            defaultValue = "50ms",
            converter = DurationConverter.class,
            description = "Without --rate: the pause before a request that was refused with 503 is sent again, until it"
                    + " is accepted. The generator's own choice, in place of Retry-After. Default: ${DEFAULT-VALUE}")
    private Duration retry;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "16",
            description = "Of made-up tasks; recorded requests have one a lane. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--records-per-request",
            paramLabel = "N",
            defaultValue = "" + TaskOptions.USUAL_RECORDS_PER_REQUEST,
            description = "Made-up tasks in a request. Default: ${DEFAULT-VALUE}")
    private int recordsPerRequest;

    @Option(
            names = "--repeated",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "The share, 0 to 1, of made-up tasks whose key came before. Default: ${DEFAULT-VALUE}")
    private double repeated;

    @Option(
            names = "--keys",
            paramLabel = "ORDER",
            defaultValue = "ordered",
            description = "Order of new keys: ordered or random. Default: ${DEFAULT-VALUE}")
    private String keys;

    @Option(
            names = "--text-bytes",
            paramLabel = "N",
            defaultValue = "" + TaskOptions.USUAL_TEXT_BYTES,
            description =
                    "Length of the source text and of the target text of made-up tasks. Default: ${DEFAULT-VALUE}")
    private int textBytes;

    @Mixin
    private TargetOptions target;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        try {
            boolean made = input.equals(SYNTHETIC);
            RunOutput.Input chosen = made ? new MadeUp(tasks()) : recorded(Path.of(input));
            return RunOutput.run(command.commandLine(), target, title(), setup(made), chosen, options());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), "--" + wrong.getMessage(), wrong);
        }
    }

    private TaskOptions tasks() {
        long most = duration == null ? USUAL_RECORDS : Long.MAX_VALUE;
        return new TaskOptions(
                records == null ? most : records,
                repeated,
                keyOrder(),
                textBytes,
                recordsPerRequest,
                connections,
                RunMark.next());
    }

    private KeyOrder keyOrder() {
        return switch (keys) {
            case "ordered" -> KeyOrder.ORDERED;
            case "random" -> KeyOrder.RANDOM;
            default -> throw new IllegalArgumentException("keys: " + keys + " (expected ordered or random)");
        };
    }

    private LoadOptions options() {
        return new LoadOptions(
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
                records == null ? Long.MAX_VALUE : records,
                duration == null ? LoadOptions.FOREVER : duration,
                retry);
    }

    private String title() {
        String what = input.equals(SYNTHETIC) ? "Made-up tasks" : "Real input";
        return rate == null ? what + " as fast as accepted" : what + " at " + "%,.0f".formatted(rate) + " records/s";
    }

    private Map<String, String> setup(boolean made) {
        Map<String, String> setup = new LinkedHashMap<>();
        setup.put("input", made ? "made-up tasks" : "recorded requests");
        setup.put("rate", rate == null ? "as fast as accepted" : "%,.0f records/s".formatted(rate));
        if (duration != null) {
            setup.put("ends after", duration.toMillis() / 1e3 + " s");
        }
        if (records != null) {
            setup.put("most records", "%,d records".formatted(records));
        }
        if (made) {
            setup.put("connections", Integer.toString(connections));
            setup.put("records a request", Integer.toString(recordsPerRequest));
            setup.put("repeated keys", "%.0f %%".formatted(repeated * 100));
            setup.put("order of keys", keys);
            setup.put("bytes a text", Integer.toString(textBytes));
        }
        return setup;
    }

    private record MadeUp(TaskOptions options) implements RunOutput.Input {

        @Override
        public Workload open() {
            return new SyntheticTasks(options);
        }

        @Override
        public Optional<String> session() {
            return Optional.of(options.sessionId());
        }
    }

    /** The recorded requests of a file, or of a folder that holds it. */
    static RunOutput.Input recorded(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(REQUESTS) : path;
        return new RunOutput.Input() {
            @Override
            public Workload open() throws IOException {
                if (!Files.isReadable(file)) {
                    throw new IOException("no such input: " + file);
                }
                return Recording.read(file).play();
            }

            @Override
            public Optional<String> session() {
                return Optional.empty();
            }
        };
    }
}
