package dev.persistence;

import dev.persistence.batch.BatchConsumer;
import dev.persistence.batch.BufferSettings;
import dev.persistence.batch.RecordStore;
import dev.persistence.batch.WriterThread;
import dev.persistence.embedded.EmbeddedDatabase;
import dev.persistence.embedded.EmbeddedDatabaseException;
import dev.persistence.fallback.DeadLetterStore;
import dev.persistence.fallback.DeadLetters;
import dev.persistence.fallback.FallbackSettings;
import dev.persistence.fallback.HoldingStore;
import dev.persistence.fallback.OnDatabaseFailure;
import dev.persistence.http.HttpServer;
import dev.persistence.http.ListenException;
import dev.persistence.http.endpoint.RecordFlow;
import dev.persistence.http.endpoint.ServiceInfo;
import dev.persistence.http.security.Security;
import dev.persistence.jmx.Registration;
import dev.persistence.jmx.ServiceBean;
import dev.persistence.logging.LogLevels;
import dev.persistence.mysql.ConnectionPool;
import dev.persistence.mysql.DatabaseException;
import dev.persistence.mysql.DatabaseHealthCheck;
import dev.persistence.mysql.MySqlStore;
import dev.persistence.mysql.SchemaCheck;
import dev.persistence.mysql.SchemaException;
import dev.persistence.mysql.SchemaMigration;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.FlowStatistics;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.telemetry.jmx.FigureBeans;
import dev.persistence.telemetry.prometheus.PrometheusExposition;
import dev.persistence.telemetry.registry.Instruments;
import dev.persistence.telemetry.registry.Registry;
import dev.persistence.tracing.FlushTracing;
import dev.persistence.tracing.Tracing;
import dev.persistence.tracing.export.TraceExport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wiring of the whole service. Its rooms are opened against the direction of the flow, so that each finds the next
 * one ready, and closed in reverse; a start that fails half-way closes what it had opened.
 */
final class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private static final int ORDERLY = 0;
    private static final int FAILED = 1;

    private Service() {}

    /** What the service does between its start and its stop. */
    interface Stay {
        /** Returns when the service is to stop; {@code port} is where it listens. */
        void untilStop(int port) throws InterruptedException;
    }

    /**
     * Runs until a stop signal and its orderly stop.
     *
     * @return the exit code: 0 orderly, 1 the start failed or records were lost at the stop
     */
    static int run(ServerConfig config, Optional<EmbeddedOption> embedded) {
        StopSignal stop = StopSignal.install();
        return run(config, embedded, port -> stop.await());
    }

    /** Like {@link #run(ServerConfig, Optional)}, until {@code stay} returns. */
    static int run(ServerConfig config, Optional<EmbeddedOption> embedded, Stay stay) {
        return reportingFailures("Not started", () -> {
            if (embedded.isEmpty()) {
                return serve(config, stay);
            }
            try (EmbeddedDatabase database =
                    EmbeddedDatabase.start(embedded.get().dataDir())) {
                return serve(config.on(database), stay);
            }
        });
    }

    /**
     * Checks the connection and the tables against the declarations, and says what it found. Changes nothing.
     *
     * @return the exit code: 0 all can be used, 1 something cannot
     */
    static int check(ServerConfig config, Optional<EmbeddedOption> embedded) {
        return reportingFailures("The check failed", () -> {
            if (embedded.isEmpty()) {
                return SchemaReport.of(config);
            }
            try (EmbeddedDatabase database =
                    EmbeddedDatabase.start(embedded.get().dataDir())) {
                return SchemaReport.of(config.on(database));
            }
        });
    }

    @SuppressWarnings("try") // beans are there for others to see, until they are closed
    private static int serve(ServerConfig config, Stay stay) throws Exception {
        ArrivalClock clock = ArrivalClock.system();
        Registry registry = new Registry();
        Instruments metrics = new Instruments(registry, config.types().names(), InstantSource.system());
        LogLevels.register();
        try (Tracing tracing = TraceExport.open(config.traceVariables(), PersistenceServer.Version.number());
                Security security = Security.open(config.security());
                FigureBeans beans = FigureBeans.publish(registry);
                PrometheusExposition exposition = new PrometheusExposition(registry);
                ConnectionPool pool = ConnectionPool.open(config.database(), metrics)) {
            RecordTypes types = checkedTypes(config, pool);
            RecordRing ring = ring(config.buffer(), types, clock, tracing);
            FlushTracing flushes = tracing.flushes(pool.traced());
            RecordStore store = store(config.fallback(), new MySqlStore(pool, metrics, flushes), metrics);
            BatchConsumer consumer = new BatchConsumer(ring, types, store, config.buffer(), clock, metrics, flushes);
            RecordFlow flow = new RecordFlow(types, ring, clock, metrics, metrics.totals(), tracing);
            ServiceInfo info = new ServiceInfo(
                    PersistenceServer.Version.number(),
                    config.buffer().maxBufferSize(),
                    config.buffer().flushInterval(),
                    config.settings());
            Figures figures = new Figures(registry);
            figures.build(info.version());
            figures.settings(config.buffer());
            figures.ring(ring);
            figures.pool(pool);
            try (DatabaseHealthCheck health = new DatabaseHealthCheck(config.database());
                    WriterThread writer = WriterThread.start(consumer);
                    HttpServer http = new HttpServer(config.http(), flow, health::check, exposition, info, security);
                    Registration bean = Registration.of(bean(config, flow, info, http))) {
                figures.http(http, security);
                http.start();
                LOG.info("Listening on {}:{}", config.http().host(), http.port());
                LOG.info("Send a first batch: {}", FirstBatch.curl(types.get(0), config, http.port()));
                stay.untilStop(http.port());
                return stopInOrder(http, writer, metrics.totals(), config);
            }
        }
    }

    private static ServiceBean bean(ServerConfig config, RecordFlow flow, ServiceInfo info, HttpServer http) {
        return new ServiceBean(
                info.version(),
                flow.types(),
                flow.ring(),
                flow.clock(),
                flow.statistics(),
                http::draining,
                config.http().flushTimeout());
    }

    private static RecordTypes checkedTypes(ServerConfig config, ConnectionPool pool) throws Exception {
        LOG.info("Database: {}", pool.server().description());
        if (config.database().migrate()) {
            LOG.info("Migrations of the tables applied: {}", new SchemaMigration(pool).migrate());
        }
        SchemaCheck.Result checked = new SchemaCheck(pool).check(config.types());
        if (!checked.warnings().isEmpty()) {
            LOG.warn(
                    "Tables narrower than declared; values that do not fit are refused with 422:\n  {}",
                    String.join("\n  ", checked.warnings()));
        }
        return checked.types();
    }

    private static RecordStore store(FallbackSettings fallback, MySqlStore database, PipelineMetrics metrics) {
        return switch (fallback.onDatabaseFailure()) {
            case DROP -> database;
            case HOLD -> new HoldingStore(database, fallback.holdFor());
            case DEAD_LETTER ->
                new DeadLetterStore(
                        database, new DeadLetters(fallback.deadLetterDir(), fallback.deadLetterMaxBytes(), metrics));
        };
    }

    /** A third of what is left of the stop is for keeping what the database did not take. */
    private static Duration givingUp(FallbackSettings fallback, Duration left) {
        return fallback.onDatabaseFailure() == OnDatabaseFailure.DROP ? Duration.ZERO : left.dividedBy(3);
    }

    private static RecordRing ring(BufferSettings buffer, RecordTypes types, ArrivalClock clock, Tracing tracing) {
        return new RecordRing(
                buffer.ringSize(),
                buffer.maxUnwrittenBytes(),
                types.size(),
                types.mostColumns(),
                buffer.wakeUp(),
                clock,
                tracing);
    }

    /**
     * Not ready, listener closed, requests in progress answered, event loops down (nobody publishes any more), ring
     * written. The requests may take half of the time: what they wait for may be the writer, what it needs is the rest.
     */
    private static int stopInOrder(HttpServer http, WriterThread writer, FlowStatistics totals, ServerConfig config)
            throws InterruptedException {
        Duration timeout = config.shutdownTimeout();
        long deadline = System.nanoTime() + timeout.toNanos();
        long lostBefore = totals.lost();
        http.beginDraining();
        int abandoned = http.awaitRequests(timeout.dividedBy(2));
        if (abandoned > 0) {
            LOG.warn("{} requests were still in progress and are abandoned", abandoned);
        }
        http.close();
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        Duration afterwards = givingUp(config.fallback(), left);
        boolean drained = writer.drain(left.minus(afterwards), afterwards);
        long lost = totals.lost() - lostBefore + (drained ? 0 : totals.inMemory());
        if (lost > 0) {
            LOG.error(
                    "Stopped with {} records lost: {}",
                    lost,
                    drained
                            ? "their batch could not be written (see above)"
                            : "they were not written within service.shutdown-timeout = " + timeout.toMillis() + " ms");
            return FAILED;
        }
        LOG.info("Stopped in order: no accepted record is left in memory");
        return ORDERLY;
    }

    private interface Room {
        int exitCode() throws Exception;
    }

    /** A failure that a person can mend is one line; anything else is a defect and comes with its stack trace. */
    private static int reportingFailures(String outcome, Room room) {
        try {
            return room.exitCode();
        } catch (DatabaseException | SchemaException | EmbeddedDatabaseException | ListenException explained) {
            LOG.error("{}: {}", outcome, explained.getMessage());
            LOG.debug("The failure behind it", explained);
            return FAILED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return FAILED;
        } catch (Exception unexpected) {
            LOG.error("The service ends on an unforeseen failure", unexpected);
            return FAILED;
        }
    }
}
