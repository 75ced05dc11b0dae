package dev.persistence.cluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On MySQL's Group Replication, where one node takes writes and another takes its place. */
class GroupReplicationIT extends ClusterCases {

    private static GroupReplicationCluster cluster;

    @BeforeAll
    static void openCluster() {
        cluster = GroupReplicationCluster.open();
    }

    @AfterAll
    static void closeCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    DatabaseCluster cluster() {
        return cluster;
    }
}
