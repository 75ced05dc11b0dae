package dev.persistence.mysql.hosts;

import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.conf.HostsListView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/** A URL as the driver reads it, with the properties that hold for each of its hosts. Any thread. */
final class HostUrl {

    private final ConnectionUrl url;

    HostUrl(String url, Properties properties) {
        this.url = ConnectionUrl.getConnectionUrlInstance(url, properties);
    }

    /** Whether the URL may name more than one host; a DNS SRV record may at any time. */
    boolean namesSeveral() {
        return url.getType() != ConnectionUrl.Type.SINGLE_CONNECTION;
    }

    /**
     * The hosts that may be written to, in the order in which they are tried: as written, in a random one for {@code
     * loadbalance}, without the replicas for {@code replication}, and as DNS has them now for {@code +srv}.
     */
    List<HostInfo> inOrder() {
        List<HostInfo> hosts = new ArrayList<>(url.getHostsList(HostsListView.SOURCES));
        if (url.getType() == ConnectionUrl.Type.LOADBALANCE_CONNECTION
                || url.getType() == ConnectionUrl.Type.LOADBALANCE_DNS_SRV_CONNECTION) {
            Collections.shuffle(hosts);
        }
        return hosts;
    }
}
