package dev.persistence.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.InstalledProgram;
import dev.persistence.history.TableReader;
import dev.persistence.history.oracle.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three nodes of MariaDB with Galera, as Debian packages them, all of which take writes. One thread. */
final class GaleraCluster implements AutoCloseable {

    static final String DATABASE = "cluster";

    private static final int NODES = 3;
    private static final Duration JOIN = Duration.ofMinutes(2);

    private final Path folder;
    private final List<GaleraNode> nodes = new ArrayList<>();

    private GaleraCluster(Path folder) {
        this.folder = folder;
    }

    /** Starts it, or skips the test where a program of it is missing. */
    static GaleraCluster open() throws IOException {
        Path server = program("mariadbd", "mariadb-server-core");
        Path installer = program("mariadb-install-db", "mariadb-server-core");
        program("rsync", "rsync");
        assumeTrue(
                Files.exists(GaleraNode.PROVIDER),
                GaleraNode.PROVIDER + " is missing (Debian package galera-4): no cluster is tested");
        GaleraCluster cluster = new GaleraCluster(Files.createTempDirectory("galera-"));
        try {
            cluster.start(server, installer);
            return cluster;
        } catch (RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    private static Path program(String name, String debianPackage) {
        var found = InstalledProgram.find(name);
        assumeTrue(
                found.isPresent(),
                name + " is not on the PATH (Debian package " + debianPackage + "; /usr/sbin belongs to the PATH): no"
                        + " cluster is tested");
        return found.get();
    }

    private void start(Path server, Path installer) {
        folder.toFile().setExecutable(true, false); // the nodes may run as another user
        folder.toFile().setReadable(true, false);
        for (int number = 1; number <= NODES; number++) {
            nodes.add(new GaleraNode(server, folder.resolve("node" + number)));
        }
        node(0).found(installer, group());
        awaitSynced(node(0));
        for (GaleraNode node : nodes.subList(1, NODES)) {
            node.begin(group());
            awaitSynced(node); // one after another: each copy blocks the node that it is taken from
        }
        execute("CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb4");
    }

    private String group() {
        return nodes.stream().map(GaleraNode::groupAddress).collect(Collectors.joining(","));
    }

    GaleraNode node(int index) {
        return nodes.get(index);
    }

    /** Starts a node that was killed or stopped; it catches up with the others. */
    void rejoin(GaleraNode node) {
        node.begin(group());
        awaitSynced(node);
    }

    private static void awaitSynced(GaleraNode node) {
        await().atMost(JOIN).until(node::isSynced);
    }

    /** The URL of all nodes, with the one of an index as the first. */
    String url(int first) {
        List<String> hosts = new ArrayList<>();
        for (int index = 0; index < NODES; index++) {
            hosts.add(node((first + index) % NODES).hostAndPort());
        }
        return "jdbc:mysql://" + String.join(",", hosts) + "/" + DATABASE + "?user=root&sslMode=DISABLED";
    }

    /** Runs statements on the first node. */
    void execute(String... statements) {
        try (Connection connection = node(0).connect("");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(String.join("; ", statements), failed);
        }
    }

    /** The rows, which all nodes must have alike once each has taken over what the others committed. */
    List<TableRow> rows(String prefix) throws SQLException {
        List<TableRow> rows = rows(node(0), prefix);
        for (GaleraNode other : nodes.subList(1, NODES)) {
            assertEquals(rows, rows(other, prefix), "nodes have different rows");
        }
        return rows;
    }

    private static List<TableRow> rows(GaleraNode node, String prefix) throws SQLException {
        try (Connection connection = node.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION wsrep_sync_wait = 1");
            return TableReader.rows(connection, prefix);
        }
    }

    @Override
    public void close() {
        nodes.forEach(GaleraNode::close);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
