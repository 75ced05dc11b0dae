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
 * names every record that does not fit its declaration, the others are sent once more without those. The sender's thread.
 */
final class Delivery {

    private static final int ACCEPTED = 202;
    private static final int INVALID_RECORDS = 422;

    private final ServiceConnection service;
    private final Supplier<Duration> timeout;

    /** @param timeout of the next request; it shrinks while the client closes */
    Delivery(ServiceConnection service, Supplier<Duration> timeout) {
        this.service = service;
        this.timeout = timeout;
    }

    Outcome deliver(Batch batch) {
        List<Drop> drops = new ArrayList<>();
        List<byte[]> records = batch.records();
        try {
            Answer answer = post(batch.type(), records);
            if (answer.status() == INVALID_RECORDS && answer.namesAllFaults()) {
                Set<Integer> faulty = answer.faults().stream().map(Fault::index).collect(Collectors.toSet());
                List<byte[]> others = without(faulty, records);
                if (others.size() < records.size()) {
                    drops.add(refused(batch.type(), records.size() - others.size(), answer));
                    records = others;
                    answer = records.isEmpty() ? null : post(batch.type(), records);
                }
            }
            if (answer == null || answer.status() == ACCEPTED) {
                return new Outcome(records.size(), drops);
            }
            drops.add(refused(batch.type(), records.size(), answer));
        } catch (NoAnswerException none) {
            drops.add(new Drop(batch.type(), records.size(), none.reason(), none.getMessage()));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt(); // the sender ends by it
            drops.add(new Drop(batch.type(), records.size(), DropReason.CLOSED, "not sent before the client closed"));
        }
        return new Outcome(
                batch.size() - drops.stream().mapToLong(Drop::records).sum(), drops);
    }

    private Answer post(String type, List<byte[]> records) throws NoAnswerException, InterruptedException {
        return service.post(type + "/batch", RequestBody.of(type, records), timeout.get());
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
