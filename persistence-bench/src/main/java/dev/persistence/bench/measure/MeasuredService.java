package dev.persistence.bench.measure;

import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.Target;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A service and what is known of it.
 *
 * @param pid its process, where it is known
 * @param database where it writes, where that may be asked
 * @param started to be stopped at the close
 */
public record MeasuredService(
        String host, int port, OptionalLong pid, Optional<BenchDatabase> database, Optional<Target> started)
        implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    /** One that somebody else has started. */
    public static MeasuredService running(String host, int port, OptionalLong pid) {
        return new MeasuredService(host, port, pid, Optional.empty(), Optional.empty());
    }

    /** One of ours, on a database of ours; closing this closes both. */
    public static MeasuredService started(Target target, BenchDatabase database) {
        return new MeasuredService(
                LOOPBACK, target.port(), OptionalLong.of(target.pid()), Optional.of(database), Optional.of(target));
    }

    @Override
    public void close() {
        try {
            started.ifPresent(Target::close);
        } finally {
            if (started.isPresent()) {
                database.ifPresent(BenchDatabase::close);
            }
        }
    }
}
