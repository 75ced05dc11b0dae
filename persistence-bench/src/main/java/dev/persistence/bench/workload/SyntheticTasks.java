package dev.persistence.bench.workload;

import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Made-up tasks, complete with all optional fields, and so cheap that the sender costs little beside the service: each
 * lane renders its body once, and from then on only overwrites keys and times in it. So the array of a lane's request is
 * the one of its request before.
 *
 * <p>All lanes draw from one sequence of records, whichever is ready first: ordered keys stay in order over all lanes,
 * give or take the requests under way, and no lane ends much before the others.
 */
public final class SyntheticTasks implements Workload {

    private static final String TYPE = "tasks";

    private final TaskOptions options;
    private final InstantSource clock;
    private final List<Lane> lanes;
    private final AtomicLong begun = new AtomicLong(); // records handed out, or, past the end, asked for
    private final AtomicLong keys = new AtomicLong(); // different keys handed out

    public SyntheticTasks(TaskOptions options) {
        this(options, InstantSource.system());
    }

    SyntheticTasks(TaskOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        this.lanes = IntStream.range(0, options.lanes()).mapToObj(Lane::new).toList();
    }

    @Override
    public int lanes() {
        return lanes.size();
    }

    @Override
    public Request next(int lane) {
        long left = options.records() - begun.getAndAdd(options.recordsPerRequest());
        return left <= 0 ? null : lanes.get(lane).next((int) Math.min(left, options.recordsPerRequest()));
    }

    /** How many different keys were handed out: the rows there are once everything handed out is written. */
    public long keys() {
        return keys.get();
    }

    /** One lane's body; used by the lane's thread alone. */
    private final class Lane {

        private final TaskBody body = new TaskBody(options);
        private final Request whole = new Request(TYPE, body.bytes(), options.recordsPerRequest());
        private final SplittableRandom random; // seeded, so that two runs of one lane repeat the same keys
        private double owed; // shares of records that are to be repeated; at 1 one is due

        Lane(int number) {
            random = new SplittableRandom(number);
        }

        Request next(int records) {
            body.time(clock.instant());
            for (int record = 0; record < records; record++) {
                body.key(record, number());
            }
            return records == whole.records() ? whole : new Request(TYPE, body.first(records), records);
        }

        private long number() {
            owed += options.repeated();
            long earlier = keys.get();
            if (owed >= 1 && earlier > 0) {
                owed--;
                return random.nextLong(earlier);
            }
            return keys.getAndIncrement();
        }
    }
}
