package dev.persistence.bench.compare;

import dev.persistence.bench.load.LoadOptions;
import dev.persistence.bench.load.LoadResult;
import dev.persistence.bench.score.Goal;
import dev.persistence.bench.score.Scoreboard;
import dev.persistence.bench.target.ServerProcess;
import dev.persistence.bench.target.Target;
import dev.persistence.bench.workload.KeyOrder;
import java.util.Map;

/** Without a database: how much is accepted, what of it the stations cost, and how long an answer takes. */
final class Accepting implements Scenario {

    private static final String RING = "ring and a consumer that discards";
    private static final String NO_DATABASE = "everything but the database, batches included";
    private static final String DECODE = "decoding alone";
    private static final String DRAIN = "bare server that drains";

    /** A flush of at most 5000 records a second has room for this, whatever the slots. */
    private static final double SLOW_RATE = 4_000;

    private static final int SLOW_RECORDS_PER_REQUEST = 10; // more requests, for a percentile that means something

    private final Scale scale;
    private final Target ring = ServerProcess.start("ring");
    private final Target noDatabase = ServerProcess.start("discard");
    private final Target decode = ServerProcess.start("decode");
    private final Target drain = ServerProcess.start("drain");
    private final Target slow = ServerProcess.start("discard", "--flush-delay", "1s");

    Accepting(Scale scale) {
        this.scale = scale;
    }

    @Override
    public void warmUp() throws Exception {
        repeat(0, new Scoreboard());
    }

    @Override
    public void repeat(int number, Scoreboard board) throws Exception {
        Map<String, Double> rates = new Interleaved()
                .add(RING, () -> accepted(ring))
                .add(NO_DATABASE, () -> accepted(noDatabase))
                .add(DECODE, () -> accepted(decode))
                .add(DRAIN, () -> accepted(drain))
                .run(number);
        rates.forEach((server, rate) -> board.add("Accepted: " + server, "records/s", rate));
        double accepted = rates.get(RING);
        board.add(Goal.ACCEPTED, accepted / rates.get(DECODE));
        board.add(Goal.ACCEPTED_OF_HTTP, accepted / rates.get(DRAIN));
        board.add(
                "Accepted: everything but the database, against decoding alone",
                "×",
                rates.get(NO_DATABASE) / rates.get(DECODE));
        LoadResult half = atRate(ring, accepted / 2, 100);
        board.add(Goal.HALF_P99, half.accepted().p99() / 1e3);
        board.add("At half of the accepted maximum: p50", "ms", half.accepted().p50() / 1e3);
        LoadResult slowly = atRate(slow, SLOW_RATE, SLOW_RECORDS_PER_REQUEST);
        board.add(Goal.SLOW_P99, slowly.accepted().p99() / 1e3);
        board.add("While every flush takes 1 s: refused requests", "", slowly.refusedRequests());
    }

    private double accepted(Target target) throws InterruptedException {
        LoadOptions options = Sender.asFastAsAccepted().withMaxTime(scale.accepting());
        return new Sender(target)
                .untilAnswered(Sender.tasks(Long.MAX_VALUE), options)
                .acceptedRecordsPerSecond();
    }

    private LoadResult atRate(Target target, double recordsPerSecond, int recordsPerRequest)
            throws InterruptedException {
        LoadOptions options = LoadOptions.openLoop(recordsPerSecond).withMaxTime(scale.latency());
        return new Sender(target)
                .untilAnswered(Sender.tasks(Long.MAX_VALUE, KeyOrder.ORDERED, recordsPerRequest), options);
    }

    @Override
    public void close() {
        slow.close();
        drain.close();
        decode.close();
        noDatabase.close();
        ring.close();
    }
}
