package dev.persistence;

import ch.qos.logback.classic.LoggerContext;
import dev.persistence.resend.ResendCommand;
import dev.persistence.settings.Settings;
import dev.persistence.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 orderly, 1 failed, 2 the command line or the settings are wrong. */
@Command(
        name = "persistence-server",
        mixinStandardHelpOptions = true,
        versionProvider = PersistenceServer.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = {TokenCommand.class, ResendCommand.class},
        description = {"", "Takes batches of JSON records over HTTP and writes them to MySQL as multi-row upserts.", ""
        },
        optionListHeading = "Options:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped in order: every accepted record was written (or refused by the database, and logged)",
            "1:the start failed, or records were lost at the stop",
            "2:the command line or the settings are wrong"
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nSettings:%n",
        footer = {"  From persistence.conf, the environment, or --set; later ones win.", ""})
public final class PersistenceServer implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(PersistenceServer.class);
    private static final long LARGEST_REQUESTS_IN_HEAP = 25;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String NO_FOLDER = "";

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            description =
                    "The folder of persistence.conf and record-types.conf. Without it, or without one of the files,"
                            + " the built-in defaults hold. (The start script gives its own conf folder.)")
    private List<Path> conf = new ArrayList<>(); // the script gives one, the user may give another: the last one wins

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Overrides a setting, such as --set buffer.flush-interval=5s. May be given several times.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--embedded",
            paramLabel = "DIR",
            arity = "0..1",
            fallbackValue = NO_FOLDER,
            description =
                    "Runs on an embedded MariaDB instead of database.*, for a try-out. With --embedded=DIR its data"
                            + " stays in that folder; without, it goes with the service.")
    private String embedded;

    @Option(
            names = "--check",
            description = "Checks the settings, the record types, the connection and the tables, and exits.")
    private boolean check;

    @Spec
    private CommandSpec command;

    private final Map<String, String> environment;

    PersistenceServer(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Runs the service until a stop signal, then ends the JVM with the exit code. */
    public static void main(String[] arguments) {
        int exitCode = FAILED;
        try {
            exitCode = commandLine(System.getenv()).execute(arguments);
        } catch (Throwable failure) { // an Error too must end the process, whatever threads are still alive
            LOG.error("The service ends on an unforeseen failure", failure);
        }
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            logs.stop(); // writes out what the asynchronous appenders still hold
        }
        System.exit(exitCode);
    }

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine commandLine = new CommandLine(new PersistenceServer(environment));
        commandLine
                .getHelpSectionMap()
                .compute("footer", (key, footer) -> help -> footer.render(help) + SettingsHelp.text());
        commandLine.setParameterExceptionHandler((wrong, arguments) -> {
            commandLine.getErr().println("persistence-server: " + wrong.getMessage());
            commandLine.getErr().println("Try persistence-server --help.");
            return USAGE;
        });
        commandLine.setExecutionExceptionHandler((failure, command, arguments) -> {
            LOG.error("The service ends on an unforeseen failure", failure);
            return FAILED;
        });
        return commandLine;
    }

    @Override
    public Integer call() {
        try {
            Optional<Path> folder = conf.stream().reduce((first, second) -> second);
            folder.filter(path -> !Files.isDirectory(path)).ifPresent(path -> {
                throw new SettingsException("--conf: " + path + " (expected a folder)");
            });
            Settings settings = Settings.load(folder, environment, assignments);
            ServerConfig config = ServerConfigReader.read(settings, folder, environment);
            LOG.info("Persistence Service {}, Java {}", Version.number(), Runtime.version());
            settings.effective().forEach(line -> LOG.info("Settings of {}", line));
            warnOfRingTooSmall(config);
            warnOfHeapTooSmall(config);
            config.security().warning(config.http().host()).ifPresent(LOG::warn);
            return check ? Service.check(config, embeddedOption()) : Service.run(config, embeddedOption());
        } catch (SettingsException wrong) {
            wrong.getMessage().lines().forEach(command.commandLine().getErr()::println);
            return USAGE;
        }
    }

    private static void warnOfRingTooSmall(ServerConfig config) {
        int ringSize = config.buffer().ringSize();
        if (config.buffer().maxBufferSize() > ringSize) {
            LOG.warn(
                    "buffer.max-buffer-size is {}, more than buffer.ring-size, {}: the buffer is full before it is reached",
                    config.buffer().maxBufferSize(),
                    ringSize);
        }
        if (config.http().maxRecordsPerRequest() > ringSize) {
            LOG.warn(
                    "service.max-records-per-request is {}, more than buffer.ring-size, {}: requests with more records than"
                            + " the ring holds are always answered with 503",
                    config.http().maxRecordsPerRequest(),
                    ringSize);
        }
    }

    /** Measured: with fewer than some 25 of the largest requests in the heap, several at once can exhaust it. */
    private static void warnOfHeapTooSmall(ServerConfig config) {
        long heap = Runtime.getRuntime().maxMemory();
        if (heap < LARGEST_REQUESTS_IN_HEAP * config.http().maxRequestBytes()) {
            LOG.warn(
                    "The heap of {} MiB is small for requests of up to {} bytes: give it {} MiB (-Xmx), or lower"
                            + " service.max-request-bytes",
                    heap >> 20,
                    config.http().maxRequestBytes(),
                    (LARGEST_REQUESTS_IN_HEAP * config.http().maxRequestBytes()) >> 20);
        }
    }

    private Optional<EmbeddedOption> embeddedOption() {
        return Optional.ofNullable(embedded)
                .map(given ->
                        new EmbeddedOption(given.equals(NO_FOLDER) ? Optional.empty() : Optional.of(Path.of(given))));
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {

        static String number() {
            String version = PersistenceServer.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }

        @Override
        public String[] getVersion() {
            return new String[] {"Persistence Service " + number()};
        }
    }
}
