package dev.persistence.client.delivery;

import dev.persistence.client.buffer.Batch;
import dev.persistence.client.buffer.Drop;
import dev.persistence.client.buffer.Outcome;
import dev.persistence.client.http.Answer;
import dev.persistence.client.http.Fault;
import dev.persistence.client.http.NoAnswerException;
import dev.persistence.client.http.RequestBody;
import dev.persistence.client.http.ServiceConnection;
import dev.persistence.client.measure.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes a batch to the service, and says what became of it. The service takes all of a request or nothing: so where it
 * names records that do not fit their declaration, the others are sent again without those. The sender's thread.
 */
final class Delivery {

    private static final int ACCEPTED = 202;
    private static final int INVALID_RECORDS = 422;

    /** An answer names 20 faults: this is enough for a usual batch in which every record has one. */
    private static final int MOST_REQUESTS = 6;

    private final ServiceConnection service;
    private final Supplier<Duration> timeout;

    /** @param timeout of the next batch; it shrinks while the client closes */
    Delivery(ServiceConnection service, Supplier<Duration> timeout) {
        this.service = service;
        this.timeout = timeout;
    }

    Outcome deliver(Batch batch) {
        List<Drop> drops = new ArrayList<>();
        List<byte[]> records = batch.records();
        long end = System.nanoTime() + timeout.get().toNanos();
        try {
            for (int left = MOST_REQUESTS - 1; !records.isEmpty(); left--) {
                Answer answer = post(batch.type(), records, end);
                if (answer.status() == ACCEPTED) {
                    break;
                }
                List<byte[]> others = left > 0 ? notAtFault(records, answer) : List.of();
                drops.add(refused(batch.type(), records.size() - others.size(), answer));
                records = others;
            }
        } catch (NoAnswerException none) {
            drops.add(new Drop(batch.type(), records.size(), none.reason(), none.getMessage()));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt(); // the sender ends by it
            drops.add(new Drop(batch.type(), records.size(), DropReason.CLOSED, "not sent before the client closed"));
        }
        return new Outcome(
                batch.size() - drops.stream().mapToLong(Drop::records).sum(), drops);
    }

    /** @param end tick by which all requests of the batch have to be done */
    private Answer post(String type, List<byte[]> records, long end) throws NoAnswerException, InterruptedException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        Duration most = timeout.get();
        return service.post(type + "/batch", RequestBody.of(type, records), left.compareTo(most) < 0 ? left : most);
    }

    /** What is worth another request: nothing, where the answer does not say which records are at fault. */
    private static List<byte[]> notAtFault(List<byte[]> records, Answer answer) {
        if (answer.status() != INVALID_RECORDS) {
            return List.of();
        }
        List<byte[]> others = without(answer.faults().stream().map(Fault::index).collect(Collectors.toSet()), records);
        return others.size() < records.size() ? others : List.of();
    }

    private static List<byte[]> without(Set<Integer> faulty, List<byte[]> records) {
        List<byte[]> others = new ArrayList<>();
        for (int index = 0; index < records.size(); index++) {
            if (!faulty.contains(index)) {
                others.add(records.get(index));
            }
        }
        return others;
    }

    private static Drop refused(String type, int records, Answer answer) {
        DropReason reason = switch (answer.status()) {
            case 401, 403 -> DropReason.UNAUTHORIZED;
            case 413 -> DropReason.TOO_LARGE;
            case INVALID_RECORDS -> DropReason.REFUSED;
            case 503 -> DropReason.UNAVAILABLE;
            default -> DropReason.STATUS;
        };
        String first =
                answer.faults().isEmpty() ? "" : "; " + answer.faults().get(0).detail();
        return new Drop(type, records, reason, answer.words() + first);
    }
}
