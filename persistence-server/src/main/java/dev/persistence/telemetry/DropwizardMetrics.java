package dev.persistence.telemetry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import com.codahale.metrics.jmx.JmxReporter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Counts and times in a Dropwizard registry, published over JMX under the domain {@code persistence}. The names are
 * stable, and each is what comes behind {@code name=} in JMX:
 *
 * <pre>
 * http.requests.ROUTE.STATUS   answers                     http.response-time.ROUTE     timer
 * decode.time                  timer, one request          decode.unknown-fields        fields ignored
 * records.accepted.TYPE        records taken onto the ring records.written.TYPE         records whose row is committed
 * records.refused.TYPE         refused by the database     records.lost.TYPE            given up with their batch
 * records.merged.TYPE          shared another's row        records.unwritten.TYPE       in memory now
 * records.dead-lettered.TYPE   lost or refused, in a file
 * flush.count.REASON           flushes                     flush.time, commit.time      timers
 * flush.records, flush.rows    histograms, one flush       commit.retries               transactions repeated
 * rows.written                 rows sent and committed
 * </pre>
 */
public final class DropwizardMetrics implements PipelineMetrics, FlowStatistics, AutoCloseable {

    private static final String JMX_DOMAIN = "persistence";

    private static final List<Double> BOUNDS = List.of(
            0.0001,
            0.00025,
            0.0005,
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1.0,
            2.5,
            5.0,
            10.0,
            30.0,
            60.0,
            Double.POSITIVE_INFINITY);

    private final Map<RefusalReason, Long> refusals = new ConcurrentHashMap<>();
    private final Map<LossReason, Long> losses = new ConcurrentHashMap<>();
    private final RecentFailures failures = new RecentFailures();
    private final LongAdder[] flushBuckets =
            BOUNDS.stream().map(bound -> new LongAdder()).toArray(LongAdder[]::new);

    private final MetricRegistry registry;
    private final InstantSource clock;
    private final JmxReporter jmx;
    private final List<RecordCounters> types;
    private final Map<FlushReason, Counter> flushes = new EnumMap<>(FlushReason.class);
    private final Map<String, RouteMetrics> routes = new ConcurrentHashMap<>();
    private final Timer decodeTime;
    private final Counter unknownFields;
    private final Timer flushTime;
    private final Timer commitTime;
    private final Counter retries;
    private final Counter rows;
    private final Histogram flushRecords;
    private final Histogram flushRows;

    private final AtomicReference<FlushTotals> totals =
            new AtomicReference<>(new FlushTotals(0, 0, 0, LocalDate.EPOCH, 0, null));

    /** Creates the metrics of a service with the given record types, in the order of declaration. */
    public DropwizardMetrics(MetricRegistry registry, List<String> typeNames, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.types = typeNames.stream()
                .map(name -> new RecordCounters(registry, name))
                .toList();
        for (FlushReason reason : FlushReason.values()) {
            flushes.put(reason, registry.counter("flush.count." + reason.label()));
        }
        this.decodeTime = timer("decode.time");
        this.unknownFields = registry.counter("decode.unknown-fields");
        this.flushTime = timer("flush.time");
        this.commitTime = timer("commit.time");
        this.retries = registry.counter("commit.retries");
        this.rows = registry.counter("rows.written");
        this.flushRecords = registry.histogram("flush.records");
        this.flushRows = registry.histogram("flush.rows");
        this.jmx = JmxReporter.forRegistry(registry)
                .inDomain(JMX_DOMAIN)
                .convertDurationsTo(TimeUnit.MILLISECONDS)
                .build();
        jmx.start();
    }

    /** Publishes a value that somebody else keeps. */
    public void gauge(String name, Supplier<? extends Number> value) {
        registry.register(name, (Gauge<Number>) value::get);
    }

    private Timer timer(String name) {
        return registry.timer(
                name,
                () -> new Timer(LockFreeExponentiallyDecayingReservoir.builder().build()));
    }

    @Override
    public void decoded(long nanos, int unknown) {
        decodeTime.update(nanos, TimeUnit.NANOSECONDS);
        unknownFields.inc(unknown);
    }

    @Override
    public void accepted(int type, int records) {
        types.get(type).accepted.inc(records);
    }

    @Override
    public void merged(int type, int records) {
        types.get(type).merged.inc(records);
    }

    @Override
    public void written(int type, int records) {
        types.get(type).written.inc(records);
    }

    @Override
    public void refused(int type, int records, RefusalReason reason) {
        types.get(type).refused.inc(records);
        refusals.merge(reason, (long) records, Long::sum);
        failures.refused(clock.instant(), type, records, reason);
    }

    @Override
    public void lost(int type, int records, LossReason reason) {
        types.get(type).lost.inc(records);
        losses.merge(reason, (long) records, Long::sum);
        failures.lost(clock.instant(), type, records, reason);
    }

    @Override
    public void deadLettered(int type, int records) {
        types.get(type).deadLettered.inc(records);
    }

    @Override
    public void retried() {
        retries.inc();
    }

    @Override
    public void flushed(FlushReason reason, int records, int rowsWritten, long nanos) {
        flushes.get(reason).inc();
        flushTime.update(nanos, TimeUnit.NANOSECONDS);
        flushBuckets[bucket(nanos / 1e9)].increment();
        flushRecords.update(records);
        flushRows.update(rowsWritten);
        rows.inc(rowsWritten);
        Instant now = clock.instant();
        totals.updateAndGet(before -> before.plus(records, nanos, now));
    }

    @Override
    public void committed(long nanos) {
        commitTime.update(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void answered(String route, int status, long nanos) {
        routes.computeIfAbsent(route, name -> new RouteMetrics(name, timer("http.response-time." + name)))
                .answered(status, nanos);
    }

    private static int bucket(double seconds) {
        int bucket = 0;
        while (seconds > BOUNDS.get(bucket)) {
            bucket++;
        }
        return bucket;
    }

    @Override
    public long accepted(int type) {
        return types.get(type).accepted.getCount();
    }

    @Override
    public long merged(int type) {
        return types.get(type).merged.getCount();
    }

    @Override
    public long refused(int type) {
        return types.get(type).refused.getCount();
    }

    @Override
    public long lost(int type) {
        return types.get(type).lost.getCount();
    }

    @Override
    public long deadLettered(int type) {
        return types.get(type).deadLettered.getCount();
    }

    @Override
    public Map<RefusalReason, Long> refusedBy() {
        Map<RefusalReason, Long> counts = new EnumMap<>(RefusalReason.class);
        for (RefusalReason reason : RefusalReason.values()) {
            counts.put(reason, refusals.getOrDefault(reason, 0L));
        }
        return counts;
    }

    @Override
    public Map<LossReason, Long> lostBy() {
        Map<LossReason, Long> counts = new EnumMap<>(LossReason.class);
        for (LossReason reason : LossReason.values()) {
            counts.put(reason, losses.getOrDefault(reason, 0L));
        }
        return counts;
    }

    @Override
    public Map<FlushReason, Long> flushesBy() {
        Map<FlushReason, Long> counts = new EnumMap<>(FlushReason.class);
        flushes.forEach((reason, counter) -> counts.put(reason, counter.getCount()));
        return counts;
    }

    @Override
    public TimeBuckets flushTimes() {
        return new TimeBuckets(
                BOUNDS, Arrays.stream(flushBuckets).map(LongAdder::sum).toList());
    }

    @Override
    public List<RecentFailure> recentFailures() {
        return failures.newestFirst();
    }

    @Override
    public long inMemory(int type) {
        return types.get(type).inMemory();
    }

    @Override
    public long written(int type) {
        return types.get(type).written.getCount();
    }

    @Override
    public long failed(int type) {
        return types.get(type).failed();
    }

    /** Records of all types that were given up with their batch. */
    public long lost() {
        return types.stream().mapToLong(type -> type.lost.getCount()).sum();
    }

    /** Records of all types that are in memory. */
    public long inMemory() {
        long sum = 0;
        for (int type = 0; type < types.size(); type++) {
            sum += inMemory(type);
        }
        return sum;
    }

    @Override
    public long rowsWritten() {
        return rows.getCount();
    }

    @Override
    public long merged() {
        return types.stream().mapToLong(type -> type.merged.getCount()).sum();
    }

    @Override
    public long flushes() {
        return totals.get().count;
    }

    @Override
    public long flushesToday() {
        FlushTotals now = totals.get();
        return now.day.equals(FlushTotals.day(clock.instant())) ? now.today : 0;
    }

    @Override
    public double averageFlushMillis() {
        FlushTotals now = totals.get();
        return now.count == 0 ? 0 : now.nanos / 1e6 / now.count;
    }

    @Override
    public double averageBatchSize() {
        FlushTotals now = totals.get();
        return now.count == 0 ? 0 : (double) now.records / now.count;
    }

    @Override
    public Optional<Instant> lastFlush() {
        return Optional.ofNullable(totals.get().last);
    }

    /** Takes the metrics out of JMX. */
    @Override
    public void close() {
        jmx.close();
    }

    private record FlushTotals(long count, long records, long nanos, LocalDate day, long today, Instant last) {

        FlushTotals plus(int moreRecords, long moreNanos, Instant now) {
            LocalDate nowDay = day(now);
            long nowToday = nowDay.equals(day) ? today + 1 : 1;
            return new FlushTotals(count + 1, records + moreRecords, nanos + moreNanos, nowDay, nowToday, now);
        }

        static LocalDate day(Instant instant) {
            return LocalDate.ofInstant(instant, ZoneOffset.UTC);
        }
    }

    /** What happened to the records of one type. */
    private static final class RecordCounters {
        private final Counter accepted;
        private final Counter merged;
        private final Counter written;
        private final Counter refused;
        private final Counter lost;
        private final Counter deadLettered;

        RecordCounters(MetricRegistry registry, String type) {
            accepted = registry.counter("records.accepted." + type);
            merged = registry.counter("records.merged." + type);
            written = registry.counter("records.written." + type);
            refused = registry.counter("records.refused." + type);
            lost = registry.counter("records.lost." + type);
            deadLettered = registry.counter("records.dead-lettered." + type);
            registry.register("records.unwritten." + type, (Gauge<Long>) this::inMemory);
        }

        long failed() {
            return refused.getCount() + lost.getCount();
        }

        long inMemory() {
            // Read first: what is settled was accepted before, so the difference is never below 0.
            long settled = written.getCount() + failed();
            return accepted.getCount() - settled;
        }
    }

    /** What was answered on one route. */
    private final class RouteMetrics {
        private final String route;
        private final Timer time;
        private final Map<Integer, Counter> byStatus = new ConcurrentHashMap<>();

        RouteMetrics(String route, Timer time) {
            this.route = route;
            this.time = time;
        }

        void answered(int status, long nanos) {
            time.update(nanos, TimeUnit.NANOSECONDS);
            byStatus.computeIfAbsent(status, code -> registry.counter("http.requests." + route + "." + code))
                    .inc();
        }
    }
}
