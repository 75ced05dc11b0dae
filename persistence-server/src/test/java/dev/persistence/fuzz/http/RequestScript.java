package dev.persistence.fuzz.http;

import dev.persistence.http.FuzzedConnection;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests that are made up, and what the contract answers to them. The last one asks whether the service lives. */
final class RequestScript {

    private static final int MOST_REQUESTS = 12;
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> expected = new ArrayList<>();
    private boolean open = true;
    private int onTheRing;

    RequestScript(Choices choices) {
        for (int request = 0; choices.left() && request < MOST_REQUESTS; request++) {
            add(new MadeRequest(choices));
        }
        bytes.writeBytes(LIVE.getBytes(StandardCharsets.US_ASCII));
        expect("200");
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The status of each answer, and how many records it says were taken or written. */
    List<String> expected() {
        return expected;
    }

    boolean staysOpen() {
        return open;
    }

    private void expect(String answer) {
        if (open) {
            expected.add(answer);
        }
    }

    private void add(MadeRequest request) {
        bytes.writeBytes(request.bytes());
        int refusal = request.refusedByHead();
        if (refusal == 0) {
            if (request.awaitsGoOn()) {
                expect("100");
            }
            answer(request);
        } else {
            expect("" + refusal);
        }
        boolean unsure =
                refusal > 0 && (request.awaitsGoOn() || request.declaredBytes() > 2 * FuzzedConnection.MAX_BYTES);
        boolean tooMuch = request.bodyBytes() > 2 * FuzzedConnection.MAX_BYTES;
        open &= !unsure && !tooMuch && request.keepsAlive();
    }

    private void answer(MadeRequest request) {
        boolean batch = request.target() == MadeRequest.Target.BATCH;
        int most = batch ? FuzzedConnection.MAX_BYTES : 2 * FuzzedConnection.MAX_BYTES;
        if (request.bodyBytes() > most) {
            expect("413");
        } else if (!batch) {
            expect("200");
            onTheRing = request.target() == MadeRequest.Target.FLUSH && open ? 0 : onTheRing;
        } else if (request.bodyRefusal() != 0) {
            expect("" + request.bodyRefusal());
        } else if (onTheRing + request.count() > FuzzedConnection.RING_SIZE) {
            expect("503");
        } else {
            expect((request.asksForWritten() ? "200 of " : "202 of ") + request.count());
            boolean writes = request.asksForWritten() && request.count() > 0;
            onTheRing = writes ? 0 : onTheRing + request.count();
        }
    }
}
