package dev.persistence.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.history.TableReader;
import dev.persistence.history.oracle.TableRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Three nodes that hold the same rows. One thread. */
abstract class DatabaseCluster implements AutoCloseable {

    static final String DATABASE = "cluster";
    static final int NODES = 3;

    abstract List<? extends ClusterNode> nodes();

    /** Starts a node that was killed or stopped, and returns when it has caught up with the others. */
    abstract void rejoin(ClusterNode node);

    /** Lets all nodes take writes, or as few of them as the product has by itself. */
    abstract void takeWritesEverywhere(boolean everywhere);

    /** The statement after which a session sees what any node had committed before. */
    abstract String waitForTheOthers();

    @Override
    public abstract void close();

    ClusterNode node(int index) {
        return nodes().get(index);
    }

    /** The node that a service with the URL of all nodes in order writes to. */
    ClusterNode writersNode() {
        return nodes().stream().filter(ClusterNode::takesWrites).findFirst().orElseThrow();
    }

    /** One that it does not write to. */
    ClusterNode otherNode() {
        ClusterNode writers = writersNode();
        return node(writers == node(NODES - 1) ? 0 : NODES - 1);
    }

    /** The URL of all nodes, with the one of an index as the first. */
    String url(int first) {
        List<String> hosts = new ArrayList<>();
        for (int index = 0; index < NODES; index++) {
            hosts.add(node((first + index) % NODES).hostAndPort());
        }
        return "jdbc:mysql://" + String.join(",", hosts) + "/" + DATABASE + "?user=root&sslMode=DISABLED";
    }

    /** Runs statements on a node that takes writes. */
    void execute(String... statements) {
        run(writersNode(), statements);
    }

    static void run(ClusterNode node, String... statements) {
        try (Connection connection = node.connect("");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(String.join("; ", statements), failed);
        }
    }

    /** The rows, which all nodes must have alike. */
    List<TableRow> rows(String prefix) throws SQLException {
        List<TableRow> rows = rows(node(0), prefix);
        for (ClusterNode other : nodes().subList(1, NODES)) {
            assertEquals(rows, rows(other, prefix), "nodes have different rows");
        }
        return rows;
    }

    private List<TableRow> rows(ClusterNode node, String prefix) throws SQLException {
        try (Connection connection = node.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(waitForTheOthers());
            return TableReader.rows(connection, prefix);
        }
    }
}
