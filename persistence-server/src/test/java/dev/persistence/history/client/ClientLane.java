package dev.persistence.history.client;

import dev.persistence.history.client.WireClient.Answer;
import dev.persistence.history.oracle.Item;
import dev.persistence.history.oracle.Micros;
import dev.persistence.history.oracle.Outcome;
import dev.persistence.history.oracle.Sending;
import dev.persistence.history.plan.Plan;
import dev.persistence.history.plan.Step;
import dev.persistence.history.plan.Step.Batch;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * One client. It goes on after whatever happens to its connection, over a new one, and notes for each record what it was
 * told. One thread.
 */
public final class ClientLane implements Runnable {

    private static final int PARTS = 3;
    private static final int PART_MILLIS = 20;
    private static final int ABSENT_MILLIS = 10;

    private final Plan.Lane plan;
    private final Target target;
    private final Notebook notes;

    // Of the connection that is open now.
    private WireClient client;
    private Sending.Life life;
    private int connection;
    private int place;

    public ClientLane(Plan.Lane plan, Target target, Notebook notes) {
        this.plan = plan;
        this.target = target;
        this.notes = notes;
    }

    /** A request that was sent, with its records, and their places on the connection. */
    private record Request(List<Item> items, int place, long sent) {}

    @Override
    public void run() {
        for (Step step : plan.steps()) {
            try {
                take(step);
            } catch (SocketTimeoutException hang) {
                notes.surprise("no answer, and the connection is open: " + hang + " at " + life + " to " + step);
                disconnect();
            } catch (IOException broken) {
                disconnect(); // what was under way is noted already
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        disconnect();
    }

    private void take(Step step) throws IOException, InterruptedException {
        if (step instanceof Step.Pause pause) {
            Thread.sleep(pause.millis());
            return;
        }
        connect();
        if (step instanceof Batch batch) {
            deliver(batch);
        } else if (step instanceof Step.Pipeline pipeline) {
            deliver(pipeline);
        } else if (step instanceof Step.Refusable refusable) {
            deliver(refusable);
        } else if (step instanceof Step.Poison poison) {
            deliver(poison);
        } else if (step instanceof Step.Flush) {
            flush();
        }
    }

    private void connect() throws IOException, InterruptedException {
        if (client != null) {
            return;
        }
        while (!target.listens()) { // rather than to send everything to nobody
            Thread.sleep(ABSENT_MILLIS);
        }
        life = target.life();
        client = new WireClient(target.port());
        if (!life.equals(target.life())) { // which process it reached is not known
            disconnect();
            throw new IOException("the service was started again just now");
        }
        connection = notes.newConnection(plan.probe());
        place = 0;
    }

    private void disconnect() {
        try {
            if (client != null) {
                client.close();
            }
        } catch (IOException gone) {
            notes.surprise("a socket does not close: " + gone);
        }
        client = null;
    }

    private void deliver(Batch batch) throws IOException, InterruptedException {
        Outcome outcome = deliverOnce(batch);
        boolean open = outcome == Outcome.UNKNOWN || outcome == Outcome.NOT_TAKEN || outcome == Outcome.LOST;
        if (batch.again() && open && batch.manner() != Step.Manner.CUT) {
            connect();
            deliverOnce(
                    new Batch(batch.shape(), batch.items(), batch.written(), batch.form(), Step.Manner.AT_ONCE, false));
        }
    }

    private Outcome deliverOnce(Batch batch) throws IOException, InterruptedException {
        byte[] bytes = Requests.batch(batch);
        Request request = begin(batch.items());
        try {
            send(bytes, batch.manner());
            if (batch.manner() == Step.Manner.CUT || batch.manner() == Step.Manner.DESERTED) {
                disconnect();
                return note(request, batch.manner() == Step.Manner.CUT ? Outcome.NOT_TAKEN : Outcome.UNKNOWN);
            }
            return note(request, outcome(client.answer(), batch));
        } catch (SocketTimeoutException hang) {
            note(request, Outcome.UNKNOWN);
            throw hang;
        } catch (IOException broken) {
            disconnect();
            return note(request, batch.manner() == Step.Manner.CUT ? Outcome.NOT_TAKEN : Outcome.UNKNOWN);
        }
    }

    private void send(byte[] bytes, Step.Manner manner) throws IOException, InterruptedException {
        int end = manner == Step.Manner.CUT ? bytes.length - 1 : bytes.length;
        int parts = manner == Step.Manner.SLOWLY ? PARTS : 1;
        for (int part = 0; part < parts; part++) {
            client.send(bytes, part * end / parts, (part + 1) * end / parts);
            if (parts > 1) {
                Thread.sleep(PART_MILLIS);
            }
        }
    }

    private void deliver(Step.Pipeline pipeline) throws IOException {
        List<Request> requests = new ArrayList<>();
        int answered = 0;
        try {
            java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
            for (Batch batch : pipeline.batches()) {
                requests.add(begin(batch.items()));
                all.writeBytes(Requests.batch(batch));
            }
            client.send(all.toByteArray(), 0, all.size());
            for (Batch batch : pipeline.batches()) {
                Outcome outcome = outcome(client.answer(), batch);
                note(requests.get(answered), outcome);
                answered++;
            }
        } finally {
            for (Request request : requests.subList(answered, requests.size())) {
                note(request, Outcome.UNKNOWN);
            }
        }
    }

    private void deliver(Step.Refusable step) throws IOException {
        Request request = begin(step.items());
        note(request, Outcome.NOT_TAKEN); // whatever is answered
        byte[] bytes = Requests.refusable(step);
        client.send(bytes, 0, bytes.length);
        Answer answer = client.answer();
        if (answer.status() != step.wrong().status() && !isRefusedForNow(answer)) {
            notes.surprise("expected " + step.wrong().status() + ": " + answer);
        }
        if (step.wrong() != Step.Wrong.RECORD) {
            disconnect(); // it may be closed: not all of the body was read
        }
    }

    private void deliver(Step.Poison poison) throws IOException {
        Batch batch = new Batch(
                poison.item().shape(), List.of(poison.item()), true, Step.Form.JSON, Step.Manner.AT_ONCE, false);
        Request request = begin(batch.items());
        Outcome outcome = Outcome.REFUSED; // even if nobody knows whether it arrived: it must not be there
        byte[] bytes = Requests.batch(batch);
        notes.poisonSent(life);
        try {
            client.send(bytes, 0, bytes.length);
            Answer answer = client.answer();
            if (answer.status() == 422) {
                notes.poisonRefused(life);
            } else if (answer.status() == 503) {
                outcome = isRefusedForNow(answer) ? Outcome.NOT_TAKEN : Outcome.REFUSED;
            } else {
                notes.surprise("expected 422: " + answer);
            }
            note(request, outcome);
        } catch (IOException broken) {
            note(request, Outcome.NOT_TAKEN); // it may be taken, and must not be there all the same
            throw broken;
        }
    }

    private void flush() throws IOException {
        long asked = Micros.now();
        Answer answer = client.ask("POST", "flush");
        boolean barrier = answer.status() == 200 || answer.body().contains("\"status\":\"error\"");
        if (barrier) {
            notes.checkpoint(client, life, asked);
        } else if (answer.status() != 504 && !isRefusedForNow(answer)) {
            notes.surprise("a flush was answered with " + answer);
        }
    }

    private Request begin(List<Item> items) {
        Request request = new Request(items, place, Micros.now());
        place += items.size();
        return request;
    }

    private Outcome note(Request request, Outcome outcome) {
        boolean answered = outcome.taken();
        long now = answered ? Micros.now() : Long.MAX_VALUE;
        for (int index = 0; index < request.items().size(); index++) {
            notes.sent(new Sending(
                    request.items().get(index),
                    life,
                    connection,
                    request.place() + index,
                    request.sent(),
                    now,
                    outcome));
        }
        return outcome;
    }

    private Outcome outcome(Answer answer, Batch batch) {
        if (answer.status() == (batch.written() ? 200 : 202)
                && answer.number("count") == batch.items().size()) {
            return batch.written() ? Outcome.WRITTEN : Outcome.ACCEPTED;
        } else if (isRefusedForNow(answer)) {
            return Outcome.NOT_TAKEN;
        } else if (answer.status() == 503 && answer.body().contains("/problems/not-written") && batch.written()) {
            return Outcome.LOST;
        }
        notes.surprise("a batch" + (batch.written() ? " (ack=written)" : "") + " of "
                + batch.items().size() + " was answered with " + answer);
        return Outcome.UNKNOWN;
    }

    private static boolean isRefusedForNow(Answer answer) {
        return answer.status() == 503
                && (answer.body().contains("/problems/buffer-full")
                        || answer.body().contains("/problems/draining"));
    }
}
