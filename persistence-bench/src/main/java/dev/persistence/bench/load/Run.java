package dev.persistence.bench.load;

import dev.persistence.bench.workload.Workload;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One run: its lanes, and what they share. All of it belongs to the event loop. */
final class Run {

    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final LoadOptions options;
    private final LoadListener listener;
    private final EventLoop loop;
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final long maxNanos;
    private final long begin;
    private final Tally tally;

    private int lanesUnderWay;
    private int lanesWithRequests; // not fewer because the run is over: the last ones would come due too early

    /** Begins now; to be made on the event loop. */
    Run(LoadOptions options, LoadListener listener, EventLoop loop) {
        this.options = options;
        this.listener = listener;
        this.loop = loop;
        this.maxNanos = options.maxTime().toNanos();
        this.begin = System.nanoTime();
        this.tally = new Tally();
    }

    /** Done when the last answer has come, or when the run has failed; never completed exceptionally. */
    CompletableFuture<LoadResult> result() {
        return result;
    }

    /** Sends the workload, a lane over each channel. */
    void send(Workload workload, List<Channel> channels, RequestHead head) {
        lanesUnderWay = channels.size();
        lanesWithRequests = channels.size();
        for (int number = 0; number < channels.size(); number++) {
            Lane lane = new Lane(this, workload, number, channels.get(number), head);
            lanes.add(lane);
            channels.get(number).pipeline().addLast(lane);
        }
        later(this::slice, LoadResult.Slice.NANOS);
        lanes.forEach(Lane::begin);
    }

    LoadOptions options() {
        return options;
    }

    Tally tally() {
        return tally;
    }

    /** Since the begin. */
    long now() {
        return System.nanoTime() - begin;
    }

    /** Whether a new request that is due then is not to be sent any more. */
    boolean over(long due) {
        return timeIsOver(due) || tally.sentRecords() >= options.maxRecords();
    }

    boolean timeIsOver(long now) {
        return now >= maxNanos || result.isDone();
    }

    void later(Runnable task, long nanos) {
        loop.schedule(task, nanos, TimeUnit.NANOSECONDS).addListener(done -> {
            if (!done.isSuccess()) { // such as a workload that throws; once the run is over it says nothing
                fail("the load generator failed: " + done.cause());
            }
        });
    }

    /** How many share the rate. */
    int lanesWithRequests() {
        return lanesWithRequests;
    }

    /** A lane has come to its workload's end; the others take over its share of the rate. */
    void exhausted() {
        lanesWithRequests--;
    }

    void ended() {
        lanesUnderWay--;
        if (lanesUnderWay == 0) {
            end(Optional.empty());
        }
    }

    /** Ends the run before its time. */
    void fail(String reason) {
        end(Optional.of(reason));
    }

    private void end(Optional<String> failure) {
        if (!result.isDone()) {
            tally.slice(now());
            result.complete(tally.result(begin, options.recordsPerSecond().isPresent(), failure));
        }
    }

    private void slice() {
        if (result.isDone()) {
            return;
        }
        long now = now();
        listener.progressed(tally.slice(now));
        long silent = lanes.stream().mapToLong(lane -> lane.silent(now)).max().orElse(0);
        if (silent > SILENCE_NANOS) {
            fail("a request was not answered within " + TimeUnit.NANOSECONDS.toSeconds(SILENCE_NANOS) + " s");
            return;
        }
        // From the begin on, so that slices do not drift; one that comes late makes the next one short.
        long next = (now / LoadResult.Slice.NANOS + 1) * LoadResult.Slice.NANOS;
        later(this::slice, next - now);
    }
}
