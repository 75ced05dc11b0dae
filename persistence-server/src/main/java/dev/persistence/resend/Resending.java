package dev.persistence.resend;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends the lines of one file, leaves out what is refused, and names it. A chunk may be sent more than once: the newest
 * record of a key wins, so that changes nothing.
 */
final class Resending {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final BatchClient client;
    private final String file;
    private final int tries;
    private final PrintWriter out;
    private long written;
    private long refused;

    /**
     * @param file its name, for the messages
     * @param tries how often a chunk is sent while the service cannot take it
     */
    Resending(BatchClient client, String file, int tries, PrintWriter out) {
        this.client = client;
        this.file = file;
        this.tries = tries;
        this.out = out;
    }

    /** The service cannot be sent anything more; the message says why. */
    static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;

        Stopped(String message) {
            super(message);
        }
    }

    long written() {
        return written;
    }

    long refused() {
        return refused;
    }

    /** Sends lines until each is written or named. */
    void send(List<Line> lines) throws Stopped, InterruptedException {
        List<Line> rest = lines;
        while (!rest.isEmpty()) {
            Reply reply = sendPatiently(rest);
            switch (reply.status()) {
                case 200 -> {
                    written += rest.size();
                    return;
                }
                case 422 -> {
                    if (reply.faults().isEmpty()) {
                        halve(rest, reply);
                        return;
                    }
                    rest = withoutFaulty(rest, reply);
                }
                case 400, 413 -> {
                    halve(rest, reply);
                    return;
                }
                default ->
                    throw new Stopped("the service answers " + reply.status()
                            + (reply.detail().isEmpty() ? "" : ": " + reply.detail()));
            }
        }
    }

    /** Not the lines themselves are named: they are in halves that are sent each on their own. */
    private void halve(List<Line> lines, Reply reply) throws Stopped, InterruptedException {
        if (lines.size() == 1) {
            name(lines.get(0), reply.detail().isEmpty() ? "refused with " + reply.status() : reply.detail());
            return;
        }
        int half = lines.size() / 2;
        send(lines.subList(0, half));
        send(lines.subList(half, lines.size()));
    }

    /** Names the faulty lines and returns those that are still to be sent. */
    private List<Line> withoutFaulty(List<Line> lines, Reply reply) {
        Map<Integer, String> faulty = new TreeMap<>();
        reply.faults()
                .forEach(fault -> faulty.merge(fault.record(), fault.words(), (one, other) -> one + "; " + other));
        List<Line> rest = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            if (faulty.containsKey(index)) {
                name(lines.get(index), faulty.get(index));
            } else {
                rest.add(lines.get(index));
            }
        }
        boolean allNamed = reply.faultCount() <= reply.faults().size();
        if (reply.othersWritten() && allNamed) {
            written += rest.size();
            return List.of();
        }
        return rest;
    }

    private void name(Line line, String words) {
        refused++;
        out.println(file + ":" + line.number() + ": " + words);
    }

    private Reply sendPatiently(List<Line> lines) throws Stopped, InterruptedException {
        String trouble = "";
        for (int attempt = 1; attempt <= tries; attempt++) {
            Duration wait = Duration.ofSeconds(1);
            try {
                Reply reply = client.send(lines);
                if (reply.status() != 503 && reply.status() != 429 && reply.status() != 502 && reply.status() != 504) {
                    return reply;
                }
                trouble = "the service answers " + reply.status()
                        + (reply.detail().isEmpty() ? "" : ": " + reply.detail());
                wait = reply.retryAfter().orElse(wait);
            } catch (IOException unreachable) {
                trouble = "no answer from " + client.uri() + ": "
                        + (unreachable.getMessage() == null
                                ? unreachable.getClass().getSimpleName()
                                : unreachable.getMessage());
            }
            if (attempt < tries) {
                Thread.sleep(wait.compareTo(LONGEST_WAIT) < 0 ? wait.toMillis() : LONGEST_WAIT.toMillis());
            }
        }
        throw new Stopped(trouble + "; " + tries + " tries");
    }
}
