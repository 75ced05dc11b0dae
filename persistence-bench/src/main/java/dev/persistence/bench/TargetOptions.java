package dev.persistence.bench;

import dev.persistence.bench.measure.MeasuredService;
import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.ServiceProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is measured, and where the report goes: the options that {@code load} and {@code replay} share. */
final class TargetOptions {

    @Option(
            names = "--database",
            paramLabel = "URL",
            defaultValue = "${env:BENCH_DATABASE:-embedded}",
            description = "jdbc:mysql://host:port/?user=NAME of a user who may create databases, or embedded; otherwise"
                    + " the environment's BENCH_DATABASE. The service runs on a database of its own there, which is"
                    + " dropped afterwards. Default: embedded")
    private String database;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "A setting of the service that is started, such as buffer.ring-size=1024. Options of its JVM come"
                            + " from the environment's SERVICE_OPTS.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "http://host:port of a running service, in place of one that is started. Its rows are then"
                    + " counted by itself, and --database and --set mean nothing.")
    private URI url;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "With --url: the service's process, for its processor time, memory and garbage collections.")
    private Long pid;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "20000",
            description =
                    "Made-up tasks that are sent and written beforehand and not measured, so that the service's JVM"
                            + " has compiled what it runs; they leave rows. Default: ${DEFAULT-VALUE}")
    private long warmUp;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "bench-results",
            description = "Where load.json and load.html are written. Default: ${DEFAULT-VALUE}")
    private Path output;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    Path output() {
        return output;
    }

    long warmUp() {
        return warmUp;
    }

    /** The service to be measured, which may have to be started. */
    MeasuredService open() {
        if (url != null) {
            if (url.getHost() == null || url.getPort() < 0 || !"http".equals(url.getScheme())) {
                throw new ParameterException(command.commandLine(), "--url: " + url + " (expected http://host:port)");
            }
            OptionalLong process = pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
            return MeasuredService.running(url.getHost(), url.getPort(), process);
        }
        BenchDatabase created = BenchDatabase.open(database);
        try {
            return MeasuredService.started(ServiceProcess.start(created, settings.toArray(String[]::new)), created);
        } catch (RuntimeException failed) {
            created.close();
            throw failed;
        }
    }
}
