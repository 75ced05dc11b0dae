package dev.persistence.tracing.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CarriedRequestsTest {

    private static final int MOST = 64;

    private final CarriedRequests<String> carried = new CarriedRequests<>(1000);

    @Test
    void requestWithinAFlush_isTakenOnce() {
        carried.add(0, 9, "a");

        assertEquals(taken(0, "a"), carried.take(9, MOST));
        assertEquals(taken(0), carried.take(20, MOST));
    }

    @Test
    void requestBehindTheFlush_waitsForTheNext() {
        carried.add(10, 19, "late");

        assertEquals(taken(0), carried.take(9, MOST));
        assertEquals(taken(0, "late"), carried.take(19, MOST));
    }

    @Test
    void requestOverTwoFlushes_isInBoth() {
        carried.add(5, 14, "long");

        assertEquals(taken(0, "long"), carried.take(9, MOST));
        assertEquals(taken(0, "long"), carried.take(19, MOST));
        assertEquals(taken(0), carried.take(29, MOST));
    }

    @Test
    void requestsOutOfOrder_areFoundByTheirRecords() {
        carried.add(10, 19, "second");
        carried.add(0, 9, "first");

        assertEquals(taken(0, "first"), carried.take(9, MOST));
        assertEquals(taken(0, "second"), carried.take(19, MOST));
    }

    @Test
    void moreRequestsThanAskedFor_areCounted() {
        IntStream.range(0, 70).forEach(i -> carried.add(i, i, "r" + i));

        CarriedRequests.Taken<String> first = carried.take(69, MOST);

        assertEquals(MOST, first.requests().size());
        assertEquals(6, first.omitted());
        assertEquals(taken(0), carried.take(99, MOST));
    }

    @Test
    void moreRequestsThanAreKept_areCountedOnce() {
        CarriedRequests<String> small = new CarriedRequests<>(2);
        small.add(0, 0, "a");
        small.add(1, 1, "b");
        small.add(2, 2, "c");

        assertEquals(taken(1, "a", "b"), small.take(2, MOST));
        assertEquals(taken(0), small.take(3, MOST));
    }

    @Test
    void takenRequests_makeRoomForOthers() {
        CarriedRequests<String> small = new CarriedRequests<>(1);
        small.add(0, 0, "a");
        small.take(0, MOST);
        small.add(1, 1, "b");

        assertEquals(taken(0, "b"), small.take(1, MOST));
    }

    @Test
    void manyEventLoopsAndTheWriter_loseNoRequest() throws Exception {
        int loops = 4;
        int each = 5_000;
        AtomicLong sequences = new AtomicLong();
        ExecutorService eventLoops = Executors.newFixedThreadPool(loops);
        for (int loop = 0; loop < loops; loop++) {
            eventLoops.execute(() -> {
                for (int i = 0; i < each; i++) {
                    long sequence = sequences.getAndIncrement();
                    carried.add(sequence, sequence, "r");
                }
            });
        }
        eventLoops.shutdown();
        long seen = 0;
        boolean ended;
        do {
            ended = eventLoops.awaitTermination(0, TimeUnit.SECONDS); // asked before the last look
            CarriedRequests.Taken<String> some = carried.take(Long.MAX_VALUE, MOST);
            seen += some.requests().size() + some.omitted();
        } while (!ended);

        assertEquals((long) loops * each, seen);
    }

    private static CarriedRequests.Taken<String> taken(long omitted, String... requests) {
        return new CarriedRequests.Taken<>(List.of(requests), omitted);
    }
}
