package dev.persistence.bench.target;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The packaged service, started by its own start script from the folder that the system property
 * {@value #HOME_PROPERTY} names, on the loopback address and a free port.
 */
public final class ServiceProcess {

    public static final String HOME_PROPERTY = "bench.service.home";

    private ServiceProcess() {}

    /** The packaged service with its default settings on this database; settings such as {@code buffer.ring-size=1024}. */
    public static Target start(BenchDatabase database, String... settings) {
        return start(Map.of("DB_URL", database.url()), List.of(), List.of(settings));
    }

    /**
     * The packaged service.
     *
     * @param environment its environment beside this JVM's; {@code DB_URL} names the database without showing a password
     *     among the arguments of a process
     * @param jvmOptions options such as {@code -Xmx256m}; they come after those of the variable {@code SERVICE_OPTS}
     * @param settings each {@code name=value}
     */
    public static Target start(Map<String, String> environment, List<String> jvmOptions, List<String> settings) {
        List<String> command = new ArrayList<>(List.of(script().toString()));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        Path folder = ChildProcess.newFolder("service");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SERVICE_HOST", "127.0.0.1");
        builder.environment().put("SERVICE_PORT", "0");
        builder.environment().put("PERSISTENCE_LOG_DIR", folder.toString());
        builder.environment().put("JAVA_OPTS", String.join(" ", JvmOptions.of(System.getenv(), jvmOptions)));
        builder.environment().putAll(environment);
        return ChildProcess.start("service", builder, folder);
    }

    private static Path script() {
        String home = System.getProperty(HOME_PROPERTY, "");
        Path script = Path.of(home, "bin", "persistence-server");
        if (home.isEmpty() || !Files.isExecutable(script)) {
            throw new TargetException(
                    "service: " + HOME_PROPERTY + " is \"" + home
                            + "\" (expected the folder of the packaged service, with bin/persistence-server in it; mvn"
                            + " -DskipTests package leaves it in persistence-server/target/persistence-server)",
                    null);
        }
        return script;
    }
}
