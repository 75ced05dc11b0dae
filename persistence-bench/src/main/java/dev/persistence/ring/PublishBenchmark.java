package dev.persistence.ring;

import dev.persistence.bench.stations.StationRing;
import dev.persistence.bench.stations.TaskBodies;
import dev.persistence.bench.stations.TaskTemplate;
import dev.persistence.schema.RecordTypes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Claim, fill, publish: a request of 100 records at once, as the service does it, or record by record; by one producer
 * or by two. A consumer thread waits for the records and frees their slots at once. A claim that finds no room is counted
 * as refused and tried again, so the time is that of records that are on the ring; per record, in each producer. The two
 * clocks are read once a request, as the decoder does.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(TaskBodies.RECORDS)
public class PublishBenchmark {

    private static final long PAUSE_NANOS = 1_000;

    /** The ring of all producers, and the thread that drains it. */
    @State(Scope.Benchmark)
    public static class DrainedRing {

        private final RecordTypes types = StationRing.shippedTypes();
        private final ArrivalClock clock = ArrivalClock.system();
        private final RecordRing ring = StationRing.create(types);
        private Thread drain;

        @Setup
        public void start() {
            drain = new Thread(this::drain, "drain");
            drain.setDaemon(true);
            drain.start();
        }

        private void drain() {
            RecordRing.Consumer consumer = ring.consumer();
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    long next = consumer.settled() + 1;
                    long published = consumer.await(next);
                    if (published >= next) {
                        consumer.settle(published);
                    }
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt(); // the benchmark is over
            }
        }

        @TearDown
        public void stop() throws InterruptedException {
            drain.interrupt();
            drain.join();
        }
    }

    /** One event loop: its records, and how its claims went. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Producer {

        /** Claims made. */
        public long claims;

        /** Those of them that found no room. */
        public long refused;

        private List<TaskTemplate> records;
        private long bytes;

        @Setup
        public void decode(DrainedRing drained) {
            records = TaskTemplate.all(drained.types);
            bytes = records.stream().mapToLong(TaskTemplate::size).sum();
        }

        private long claim(RecordRing ring, int count, long size) {
            while (true) {
                claims++;
                long first = ring.tryClaim(count, size);
                if (first != RecordRing.FULL) {
                    return first;
                }
                refused++;
                LockSupport.parkNanos(PAUSE_NANOS); // the consumer may need this core
            }
        }

        private long publishAtOnce(DrainedRing drained) {
            RecordRing ring = drained.ring;
            long first = claim(ring, TaskBodies.RECORDS, bytes);
            long last = first + TaskBodies.RECORDS - 1;
            drained.clock.micros();
            long arrival = drained.clock.nanos();
            for (int index = 0; index < TaskBodies.RECORDS; index++) {
                records.get(index).fill(ring.claimed(first + index, arrival));
            }
            ring.publish(first, last);
            return last;
        }

        private long publishOneByOne(DrainedRing drained) {
            RecordRing ring = drained.ring;
            drained.clock.micros();
            long arrival = drained.clock.nanos();
            long last = 0;
            for (TaskTemplate one : records) {
                last = claim(ring, 1, one.size());
                one.fill(ring.claimed(last, arrival));
                ring.publish(last, last);
            }
            return last;
        }
    }

    @Benchmark
    @Threads(1)
    public long requestsByOne(DrainedRing drained, Producer producer) {
        return producer.publishAtOnce(drained);
    }

    @Benchmark
    @Threads(2)
    public long requestsByTwo(DrainedRing drained, Producer producer) {
        return producer.publishAtOnce(drained);
    }

    @Benchmark
    @Threads(1)
    public long recordsByOne(DrainedRing drained, Producer producer) {
        return producer.publishOneByOne(drained);
    }

    @Benchmark
    @Threads(2)
    public long recordsByTwo(DrainedRing drained, Producer producer) {
        return producer.publishOneByOne(drained);
    }
}
