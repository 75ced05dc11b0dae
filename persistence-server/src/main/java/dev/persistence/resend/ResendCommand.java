package dev.persistence.resend;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code resend}. Exit codes: 0 every record is written, 1 some are not, 2 the command line is wrong. */
@Command(
        name = "resend",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "",
            "Sends files of dead-lettered records to a running service again. Lines that are refused are named. Sending"
                    + " a file twice, or late, changes nothing where the newest record of a key wins.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every record is written", "1:some are not", "2:the command line is wrong"})
public final class ResendCommand implements Callable<Integer> {

    /** Below what a service takes by default: 1000 records and 10 MiB. */
    private static final int CHUNK_LINES = 500;

    private static final int CHUNK_BYTES = 4 << 20;
    private static final int WRITTEN = 0;
    private static final int NOT_WRITTEN = 1;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "NDJSON, a record a line, as in the dead-letter folder. Move it away first, so that the service"
                            + " does not append to it meanwhile.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--url", defaultValue = "http://localhost:8001", description = "The service: ${DEFAULT-VALUE}.")
    private String url;

    @Option(
            names = "--type",
            description = "The record type. By default what the file's name begins with: tasks.ndjson, tasks.1.ndjson.")
    private String type;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the bearer token, for a service that wants one.")
    private Path tokenFile;

    @Option(
            names = "--tries",
            defaultValue = "10",
            description = "How often a chunk is sent while the service cannot take it: ${DEFAULT-VALUE}.")
    private int tries;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        if (!url.matches("https?://[^/]+.*")) {
            throw wrong("--url: " + url + " (expected such as http://localhost:8001)");
        } else if (tries < 1) {
            throw wrong("--tries: " + tries + " (expected at least 1)");
        }
        Optional<String> token = token();
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw wrong(file + ": (expected a file that can be read)");
            }
            typeOf(file);
        }
        boolean all = true;
        for (Path file : files) {
            all &= resend(file, token);
        }
        return all ? WRITTEN : NOT_WRITTEN;
    }

    private boolean resend(Path file, Optional<String> token) throws InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        Resending resending = new Resending(new BatchClient(url, typeOf(file), token), file.toString(), tries, out);
        String stopped = null;
        try (LineReader lines = new LineReader(file)) {
            for (List<Line> chunk = lines.next(CHUNK_LINES, CHUNK_BYTES);
                    !chunk.isEmpty();
                    chunk = lines.next(CHUNK_LINES, CHUNK_BYTES)) {
                try {
                    resending.send(chunk);
                } catch (Resending.Stopped failure) {
                    stopped = failure.getMessage() + "; nothing after line "
                            + (chunk.get(0).number() - 1) + " is known to be written";
                    break;
                }
            }
        } catch (IOException unreadable) {
            stopped = "cannot be read: " + unreadable.getMessage();
        }
        if (stopped != null) {
            command.commandLine().getErr().println(file + ": " + stopped);
        }
        out.println(file + ": " + resending.written() + " written, " + resending.refused() + " refused"
                + (stopped == null ? "" : ", the rest not sent"));
        return stopped == null && resending.refused() == 0;
    }

    private String typeOf(Path file) {
        if (type != null) {
            return type;
        }
        String name = file.getFileName().toString();
        if (!name.matches("[A-Za-z0-9_-]+\\..*")) {
            throw wrong(file + ": its name does not begin with a record type and a dot; give it with --type");
        }
        return name.substring(0, name.indexOf('.'));
    }

    private Optional<String> token() {
        if (tokenFile == null) {
            return Optional.empty();
        }
        try {
            String token = Files.readString(tokenFile).strip();
            if (!token.matches("[!-~]+")) {
                throw wrong("--token-file: " + tokenFile + " (expected one token, of printable ASCII)");
            }
            return Optional.of(token);
        } catch (IOException unreadable) {
            throw wrong("--token-file: " + tokenFile + " (expected a file that can be read)");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
