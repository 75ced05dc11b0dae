package dev.persistence.cluster;

import dev.persistence.fault.DatabaseProcess;
import dev.persistence.fault.DatabaseProduct;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One MySQL server of a replication group. One thread; connections are for any. */
final class GroupNode implements ClusterNode {

    private final DatabaseProcess server;

    /**
     * Starts the server, which is no member yet.
     *
     * @param number from 1
     * @param address where the other members reach it
     * @param seeds the addresses of all members
     */
    GroupNode(int number, String address, String seeds) {
        server = DatabaseProcess.start(
                DatabaseProduct.MYSQL,
                "--tls-version=TLSv1.2,TLSv1.3", // the members among themselves cannot do without
                "--server-id=" + number,
                "--report-host=127.0.0.1",
                "--gtid-mode=ON",
                "--enforce-gtid-consistency=ON",
                "--plugin-load-add=group_replication.so",
                "--group-replication-group-name=5ce7e7a8-9bd0-4d05-a6b3-0e1c2a1e0b5d",
                "--group-replication-start-on-boot=OFF",
                "--group-replication-local-address=" + address,
                "--group-replication-group-seeds=" + seeds,
                "--group-replication-recovery-get-public-key=ON");
    }

    /** Makes a group of this one member. */
    void found() {
        server.execute(
                "SET GLOBAL group_replication_bootstrap_group = ON",
                "START GROUP_REPLICATION USER = 'root'",
                "SET GLOBAL group_replication_bootstrap_group = OFF");
    }

    void join() {
        server.execute("START GROUP_REPLICATION USER = 'root'");
    }

    /** Starts the server again on its data. */
    void restart() {
        server.restart();
    }

    /** Whether it is a member that has everything the others have. */
    boolean isOnline() {
        return query("SELECT member_state FROM performance_schema.replication_group_members"
                        + " WHERE member_id = @@server_uuid")
                .equals(List.of("ONLINE"));
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return server.connect(database);
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void close() {
        server.close();
    }
}
