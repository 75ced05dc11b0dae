package dev.persistence.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.persistence.fault.DatabaseProduct;
import dev.persistence.fault.FreePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Three members of a MySQL group, of which one takes writes: what InnoDB Cluster is made of. One thread. */
final class GroupReplicationCluster extends DatabaseCluster {

    private static final Duration JOIN = Duration.ofMinutes(2);

    private final List<GroupNode> nodes = new ArrayList<>();

    private GroupReplicationCluster() {}

    /** Starts it, or skips the test where there is no MySQL. */
    static GroupReplicationCluster open() {
        assumeTrue(
                DatabaseProduct.available().contains(DatabaseProduct.MYSQL),
                "-Dmysql.server.home does not say where a MySQL server is: no group of MySQL servers is tested");
        GroupReplicationCluster cluster = new GroupReplicationCluster();
        try {
            cluster.start();
            return cluster;
        } catch (RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    private void start() {
        List<String> addresses = Stream.generate(FreePort::find)
                .limit(NODES)
                .map(port -> "127.0.0.1:" + port)
                .toList();
        for (int number = 1; number <= NODES; number++) {
            nodes.add(new GroupNode(number, addresses.get(number - 1), String.join(",", addresses)));
        }
        nodes.get(0).found();
        awaitOnline(nodes.get(0));
        for (GroupNode node : nodes.subList(1, NODES)) {
            node.join();
            awaitOnline(node);
        }
        execute("CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb4");
    }

    private static void awaitOnline(GroupNode node) {
        await().atMost(JOIN).until(node::isOnline);
    }

    @Override
    List<GroupNode> nodes() {
        return nodes;
    }

    @Override
    void rejoin(ClusterNode node) {
        GroupNode own = nodes.get(nodes.indexOf(node));
        own.restart();
        own.join();
        awaitOnline(own);
    }

    @Override
    void takeWritesEverywhere(boolean everywhere) {
        run(
                writersNode(),
                everywhere
                        ? "SELECT group_replication_switch_to_multi_primary_mode()"
                        : "SELECT group_replication_switch_to_single_primary_mode()");
        await().atMost(JOIN)
                .until(() -> nodes.stream().filter(ClusterNode::takesWrites).count() == (everywhere ? NODES : 1));
    }

    @Override
    String waitForTheOthers() {
        return "SET SESSION group_replication_consistency = 'BEFORE'";
    }

    @Override
    public void close() {
        nodes.forEach(GroupNode::close);
    }
}
