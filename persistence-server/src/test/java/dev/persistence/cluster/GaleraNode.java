package dev.persistence.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.fault.ChildProcess;
import dev.persistence.fault.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One MariaDB server of a Galera cluster, on ports and a folder of its own. One thread; connections are for any. */
final class GaleraNode implements ClusterNode {

    /** Where the Debian package galera-4 puts it. */
    static final Path PROVIDER = Path.of("/usr/lib/galera/libgalera_smm.so");

    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration RECOVER = Duration.ofMinutes(1);
    private static final Pattern POSITION = Pattern.compile("Recovered position: ?(\\S+:-?\\d+)");

    private static final String ACCESS = """
            CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
            GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
            """;

    private final Path program;
    private final Path folder;
    private final int port = FreePort.find();
    private final int groupPort = FreePort.find();
    private final int catchUpPort = FreePort.find();
    private final int copyPort = FreePort.find();
    private ChildProcess process;

    GaleraNode(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
        try {
            Files.createDirectories(data());
            handOver(folder);
            handOver(data());
            Files.writeString(folder.resolve("access.sql"), ACCESS);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A server that root starts runs as the package's user, as does what copies its data. */
    private static void handOver(Path path) throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    path,
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("mysql"));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    @Override
    public int port() {
        return port;
    }

    String groupAddress() {
        return "127.0.0.1:" + groupPort;
    }

    /** Fills the data folder and starts a cluster of this one node. */
    void found(Path installer, String group) {
        List<String> command = new ArrayList<>(List.of(
                installer.toString(),
                "--no-defaults",
                "--datadir=" + data(),
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve"));
        command.addAll(user());
        assertEquals(0, run(command).exitCode(RECOVER), this::logText);
        begin(group, "--wsrep-new-cluster", "--init-file=" + folder.resolve("access.sql"));
    }

    /** Starts it as a member of the cluster, from where its data ends, as the packages' start script does. */
    void begin(String group) {
        if (Files.exists(data().resolve("grastate.dat"))) {
            begin(group, "--wsrep-start-position=" + position());
        } else {
            begin(group, new String[0]); // its data will be a copy of another's
        }
    }

    private void begin(String group, String... more) {
        List<String> command = server();
        command.addAll(List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--wsrep-on=ON",
                "--wsrep-provider=" + PROVIDER,
                "--wsrep-cluster-name=persistence",
                "--wsrep-cluster-address=gcomm://" + group,
                "--wsrep-node-address=" + groupAddress(),
                "--wsrep-provider-options=gmcast.listen_addr=tcp://" + groupAddress() + ";ist.recv_addr=127.0.0.1:"
                        + catchUpPort + ";gcache.size=64M",
                "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:" + copyPort));
        command.addAll(List.of(more));
        process = run(command);
    }

    /** What a killed server's data ends with. */
    private String position() {
        List<String> command = server();
        command.addAll(List.of("--wsrep-recover", "--port=0"));
        assertEquals(0, run(command).exitCode(RECOVER), this::logText);
        Matcher found = POSITION.matcher(logText());
        String last = null;
        while (found.find()) {
            last = found.group(1);
        }
        return last;
    }

    private List<String> server() {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--no-defaults",
                "--datadir=" + data(),
                "--socket=server.sock",
                "--pid-file=server.pid",
                "--skip-name-resolve",
                "--skip-ssl",
                "--character-set-server=utf8mb4",
                "--binlog-format=ROW",
                "--innodb-autoinc-lock-mode=2",
                "--innodb-log-file-size=16M"));
        command.addAll(user());
        return command;
    }

    private static List<String> user() {
        return isRoot() ? List.of("--user=mysql") : List.of();
    }

    private ChildProcess run(List<String> command) {
        return ChildProcess.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())));
    }

    /** Whether it is a member that has everything the others have. */
    boolean isSynced() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the node did not start: " + logText());
        }
        return query("SELECT variable_value FROM information_schema.global_status"
                        + " WHERE variable_name = 'wsrep_local_state_comment'")
                .equals(List.of("Synced"));
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:mysql://" + hostAndPort() + "/" + database
                + "?user=root&sslMode=DISABLED&connectTimeout=5000&socketTimeout=30000&openTelemetry=DISABLED");
    }

    @Override
    public void kill() {
        process.close();
    }

    @Override
    public void stop() {
        process.signal("TERM");
        process.exitCode(STOP);
    }

    private String logText() {
        try {
            return Files.readString(log());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
