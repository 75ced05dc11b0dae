package dev.persistence;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wiring of the whole service. */
final class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private Service() {}

    /**
     * Runs until a stop signal and its orderly stop.
     *
     * @return the exit code: 0 orderly, 1 the start failed or records were lost at the stop
     */
    static int run(ServerConfig config, Optional<EmbeddedOption> embedded) {
        LOG.error("The service is not wired yet: {} {}", config.http(), embedded);
        return 1;
    }

    /**
     * Checks the connection and the tables against the declarations, and says on the console what it found.
     *
     * @return the exit code: 0 all can be used, 1 something cannot
     */
    static int check(ServerConfig config, Optional<EmbeddedOption> embedded) {
        LOG.error("The service is not wired yet: {} {}", config.http(), embedded);
        return 1;
    }
}
