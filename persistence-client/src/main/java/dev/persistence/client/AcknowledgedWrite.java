package dev.persistence.client;

import dev.persistence.client.buffer.Buffer;
import dev.persistence.client.http.Answer;
import dev.persistence.client.http.NoAnswerException;
import dev.persistence.client.http.RequestBody;
import dev.persistence.client.http.ServiceConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of {@code writeAndWait}: sends records with {@code ack=written}, as many requests as it takes, one after another.
 * It ends with the first request of which not every record is written or refused by the database. The caller's thread.
 */
final class AcknowledgedWrite {

    private static final int WRITTEN = 200;
    private static final int REFUSED = 422;

    private final ServiceConnection service;
    private final String type;
    private final List<byte[]> records;
    private final long end;

    private final List<WriteResult.Fault> faults = new ArrayList<>();
    private int written;
    private int next;

    /** @param end tick by which it has to be done */
    AcknowledgedWrite(ServiceConnection service, String type, List<byte[]> records, long end) {
        this.service = service;
        this.type = type;
        this.records = records;
        this.end = end;
    }

    WriteResult run() throws InterruptedException {
        String reason = "";
        try {
            while (next < records.size()) {
                int until = endOfRequest();
                Answer answer = post(records.subList(next, until));
                if (!isSettled(answer, until - next)) {
                    return result(answer.words());
                }
                if (answer.status() == REFUSED) {
                    reason = answer.words();
                }
                next = until;
            }
            return result(reason);
        } catch (NoAnswerException none) {
            return result(none.getMessage());
        }
    }

    private int endOfRequest() {
        int until = next + 1;
        long bytes = records.get(next).length;
        while (until < records.size()
                && until - next < Buffer.MOST_RECORDS_OF_A_REQUEST
                && bytes + records.get(until).length <= Buffer.USUAL_BYTES_OF_A_REQUEST) {
            bytes += records.get(until).length;
            until++;
        }
        return until;
    }

    private Answer post(List<byte[]> part) throws NoAnswerException, InterruptedException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        return service.post(type + "/batch?ack=written", RequestBody.of(type, part), left);
    }

    /** Notes what the answer says, and tells whether each record of the request is either written or refused for good. */
    private boolean isSettled(Answer answer, int size) {
        if (answer.status() == WRITTEN) {
            written += size;
            return true;
        }
        if (answer.status() != REFUSED) {
            return false;
        }
        answer.faults().forEach(fault -> faults.add(new WriteResult.Fault(next + fault.index(), fault.detail())));
        written += Math.toIntExact(answer.number("written"));
        return answer.numbers().containsKey("written"); // without it, one record's fault has kept all from being taken
    }

    private WriteResult result(String reason) {
        return new WriteResult(records.size(), written, faults, reason);
    }
}
