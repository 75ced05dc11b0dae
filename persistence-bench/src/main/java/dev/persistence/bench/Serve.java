package dev.persistence.bench;

import dev.persistence.StationSettings;
import dev.persistence.bench.serve.DecodeServer;
import dev.persistence.bench.serve.DiscardServer;
import dev.persistence.bench.serve.DrainServer;
import dev.persistence.bench.serve.PerRequestServer;
import dev.persistence.bench.serve.Server;
import dev.persistence.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench serve MODE}: one of the servers to compare the service with, until SIGTERM. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs one of the servers to compare the service with, on a free port of 127.0.0.1, until it gets"
                + " SIGTERM. It prints \"Listening on 127.0.0.1:PORT\".")
final class Serve {

    @Spec
    private CommandSpec command;

    @Command(mixinStandardHelpOptions = true, description = "The limit of HTTP: drops what arrives and answers 202.")
    int drain() throws InterruptedException {
        return run(DrainServer::start);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "The service without ring and writer: decodes, checks, and answers 202.")
    int decode(
            @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of the service.")
                    List<String> assignments)
            throws InterruptedException {
        StationSettings settings = settings(assignments);
        return run(() -> DecodeServer.start(settings));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "The service with a database that discards: everything but the database.")
    int discard(
            @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of the service.")
                    List<String> assignments,
            @Option(
                            names = "--flush-delay",
                            paramLabel = "TIME",
                            defaultValue = "0ms",
                            converter = DurationConverter.class,
                            description = "What each flush takes, such as 1s or 50ms. Default: ${DEFAULT-VALUE}")
                    Duration flushDelay)
            throws InterruptedException {
        StationSettings settings = settings(assignments);
        return run(() -> DiscardServer.start(settings, flushDelay));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "The service with a consumer that frees the ring at once: HTTP, decoder and ring.")
    int ring(
            @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of the service.")
                    List<String> assignments)
            throws InterruptedException {
        StationSettings settings = settings(assignments);
        return run(() -> DiscardServer.startWithoutBatches(settings));
    }

    @Command(
            name = "per-request",
            mixinStandardHelpOptions = true,
            description = "The way most people would write it: a transaction a request, as a batch that the driver"
                    + " rewrites; ten workers and ten connections.")
    int perRequest(
            @Option(
                            names = "--database",
                            paramLabel = "URL",
                            required = true,
                            defaultValue = "${env:BENCH_DATABASE}",
                            description = "jdbc:mysql://host:port/name?user=NAME of a database that has the tables;"
                                    + " otherwise the environment's BENCH_DATABASE.")
                    String database)
            throws InterruptedException {
        return run(() -> PerRequestServer.start(database));
    }

    private StationSettings settings(List<String> assignments) {
        try {
            return StationSettings.read(System.getenv(), assignments == null ? List.of() : assignments);
        } catch (SettingsException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
    }

    /** Until the JVM is asked to end; it then closes the server, and waits for that. */
    private int run(Supplier<Server> start) throws InterruptedException {
        Server server;
        try {
            server = start.get();
        } catch (IllegalStateException failed) { // the message says what cannot be had
            command.commandLine().getErr().println("bench serve: " + failed.getMessage());
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close-server"));
        System.out.println("Listening on 127.0.0.1:" + server.port());
        new CountDownLatch(1).await();
        return 0;
    }
}
