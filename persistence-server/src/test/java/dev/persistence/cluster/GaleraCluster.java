package dev.persistence.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.InstalledProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three nodes of MariaDB with Galera, as Debian packages them, all of which take writes. One thread. */
final class GaleraCluster extends DatabaseCluster {

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
        } catch (IOException | RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    private static Path program(String name, String debianPackage) {
        Optional<Path> found = InstalledProgram.find(name);
        assumeTrue(
                found.isPresent(),
                name + " is not on the PATH (Debian package " + debianPackage + "; /usr/sbin belongs to the PATH): no"
                        + " cluster is tested");
        return found.get();
    }

    private void start(Path server, Path installer) throws IOException {
        // The nodes may run as another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (int number = 1; number <= NODES; number++) {
            nodes.add(new GaleraNode(server, folder.resolve("node" + number)));
        }
        GaleraNode first = nodes.get(0);
        first.found(installer, group());
        awaitSynced(first);
        for (GaleraNode node : nodes.subList(1, NODES)) {
            node.begin(group());
            awaitSynced(node); // one after another: each copy blocks the node that it is taken from
        }
        execute("CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb4");
    }

    private String group() {
        return nodes.stream().map(GaleraNode::groupAddress).collect(Collectors.joining(","));
    }

    @Override
    List<GaleraNode> nodes() {
        return nodes;
    }

    @Override
    void rejoin(ClusterNode node) {
        GaleraNode own = nodes.get(nodes.indexOf(node));
        own.begin(group());
        awaitSynced(own);
    }

    @Override
    void takeWritesEverywhere(boolean everywhere) {
        // they always do
    }

    @Override
    String waitForTheOthers() {
        return "SET SESSION wsrep_sync_wait = 1";
    }

    private static void awaitSynced(GaleraNode node) {
        await().atMost(JOIN).until(node::isSynced);
    }

    @Override
    public void close() {
        nodes.forEach(GaleraNode::close);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
