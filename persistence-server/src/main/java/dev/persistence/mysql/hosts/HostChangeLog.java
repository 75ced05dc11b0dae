package dev.persistence.mysql.hosts;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line whenever connections begin to go to another host. Any thread. */
public final class HostChangeLog implements WriterHosts.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(HostChangeLog.class);

    private volatile String last = ""; // by whichever thread connects; a line too many does no harm

    @Override
    public void connected(String host, List<String> passedOver) {
        if (host.equals(last)) {
            return;
        }
        last = host;
        if (passedOver.isEmpty()) {
            LOG.info("Database host: {}", host);
        } else {
            LOG.warn("Database host: {}; passed over: {}", host, String.join(", ", passedOver));
        }
    }
}
