package dev.persistence.cluster;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On MariaDB with Galera, where every node takes writes at any time. */
class GaleraIT extends ClusterCases {

    private static GaleraCluster cluster;

    @BeforeAll
    static void openCluster() throws IOException {
        cluster = GaleraCluster.open();
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
