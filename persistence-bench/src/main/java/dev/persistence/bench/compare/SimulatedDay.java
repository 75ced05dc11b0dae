package dev.persistence.bench.compare;

import dev.persistence.StationSettings;
import dev.persistence.batch.BatchConsumer;
import dev.persistence.batch.WriterThread;
import dev.persistence.bench.score.Goal;
import dev.persistence.bench.score.Scoreboard;
import dev.persistence.bench.serve.DiscardingStore;
import dev.persistence.bench.workload.KeyOrder;
import dev.persistence.bench.workload.Request;
import dev.persistence.bench.workload.SyntheticTasks;
import dev.persistence.bench.workload.TaskOptions;
import dev.persistence.decode.BatchDecoder;
import dev.persistence.decode.BodyFormat;
import dev.persistence.decode.DecodedBatch;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.ring.RecordRing;
import dev.persistence.schema.RecordType;
import dev.persistence.telemetry.PipelineMetrics;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A quiet day, as fast as the stations go: 50 tasks a second of a clock that is moved by hand, decoded, put on the ring,
 * gathered, merged and discarded. After every hour, what the heap still holds.
 */
final class SimulatedDay implements Scenario {

    private static final int RECORDS_A_SECOND = 50;
    private static final int SECONDS_AN_HOUR = 3600;
    private static final long FULL_RING_PAUSE_NANOS = 100_000;
    private static final int SETTLED_HOURS = 2; // until every slot of the ring has been used

    private final Scale scale;

    SimulatedDay(Scale scale) {
        this.scale = scale;
    }

    @Override
    public void warmUp() {
        // The first hours are.
    }

    @Override
    public void repeat(int number, Scoreboard board) throws InterruptedException {
        if (number > 0) {
            return; // a day is enough
        }
        List<Long> heap = heapAfterEachHour();
        long settled = heap.get(SETTLED_HOURS - 1);
        long most = heap.stream()
                .skip(SETTLED_HOURS)
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
        board.add(Goal.DAY_GROWTH, 100.0 * most / settled);
        board.add("Simulated day: heap after the second hour", "MiB", settled / 1048576.0);
        board.add("Simulated day: heap at its end", "MiB", heap.get(heap.size() - 1) / 1048576.0);
    }

    private List<Long> heapAfterEachHour() throws InterruptedException {
        StationSettings settings = StationSettings.read(Map.of(), List.of());
        AtomicLong seconds = new AtomicLong();
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        ArrivalClock clock = new ArrivalClock(
                () -> begin.plusSeconds(seconds.get()),
                () -> Duration.ofSeconds(seconds.get()).toNanos());
        RecordRing ring = settings.newRing(clock);
        BatchConsumer consumer = new BatchConsumer(
                ring,
                settings.types(),
                new DiscardingStore(Duration.ZERO),
                settings.buffer(),
                clock,
                PipelineMetrics.NONE);
        BatchDecoder decoder = new BatchDecoder(
                settings.types(),
                settings.http().naiveTimeZone(),
                settings.http().maxRecordsPerRequest());
        RecordType type = settings.types().named("tasks").orElseThrow();
        SyntheticTasks tasks = new SyntheticTasks(
                new TaskOptions(Long.MAX_VALUE, 0.5, KeyOrder.RANDOM, 200, RECORDS_A_SECOND, 1, "day"));
        List<Long> heap = new ArrayList<>();
        WriterThread writer = WriterThread.start(consumer);
        for (int hour = 0; hour < scale.hours(); hour++) {
            for (int second = 0; second < SECONDS_AN_HOUR; second++) {
                seconds.incrementAndGet();
                publish(tasks.next(0), type, decoder, ring, clock);
            }
            heap.add(usedHeap());
        }
        writer.drain(Duration.ofSeconds(30));
        return heap;
    }

    private static void publish(
            Request request, RecordType type, BatchDecoder decoder, RecordRing ring, ArrivalClock clock) {
        byte[] body = request.body();
        if (!(decoder.decode(type, BodyFormat.JSON, body, 0, body.length) instanceof DecodedBatch batch)) {
            throw new IllegalStateException("a made-up body was refused");
        }
        while (!batch.publish(ring, clock, PipelineMetrics.NONE)) {
            LockSupport.parkNanos(FULL_RING_PAUSE_NANOS); // the clock goes faster than the consumer
        }
    }

    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
        // Nothing is left running.
    }
}
