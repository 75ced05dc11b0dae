package dev.persistence.bench.target;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the servers to compare with ({@code bench serve …}), from this JVM's own class path, with the same options for
 * its JVM as the service gets.
 */
public final class ServerProcess {

    private ServerProcess() {}

    /** A server that needs no database, such as {@code "discard", "--flush-delay", "1s"}. */
    public static Target start(String mode, String... arguments) {
        return start(Map.of(), List.of(), mode, arguments);
    }

    /** A server that writes to this database, such as {@code "per-request"}. */
    public static Target start(BenchDatabase database, String mode, String... arguments) {
        return start(Map.of("BENCH_DATABASE", database.url()), List.of(), mode, arguments);
    }

    /**
     * Any of them.
     *
     * @param environment its environment beside this JVM's; {@code BENCH_DATABASE} stands for {@code --database}
     * @param jvmOptions options such as {@code -Xmx256m}; they come after those of the variable {@code SERVICE_OPTS}
     * @param mode the subcommand of {@code bench serve}
     */
    public static Target start(
            Map<String, String> environment, List<String> jvmOptions, String mode, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(JvmOptions.of(System.getenv(), jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.persistence.bench.Bench"));
        command.addAll(List.of("serve", mode));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return ChildProcess.start(mode, builder, ChildProcess.newFolder(mode));
    }
}
