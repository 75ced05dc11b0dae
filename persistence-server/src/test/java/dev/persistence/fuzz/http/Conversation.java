package dev.persistence.fuzz.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fuzz.http.Answers.Answer;
import dev.persistence.http.FuzzedConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * What a client sends over one connection, and how: in how many pieces, whether it takes its answers at once, and how it
 * ends. The same bytes must get the same answers however they are cut.
 */
final class Conversation {

    /**
     * What came of it.
     *
     * @param open whether the connection goes on
     */
    record Outcome(List<Answer> answers, boolean open) {}

    private final byte[] bytes;
    private final int way; // bits: how it ends (2), whether answers are taken late (1), where it is cut (the rest)

    Conversation(byte[] bytes, int way) {
        this.bytes = bytes;
        this.way = way;
    }

    /** Holds it twice, once whole and once in pieces. */
    Outcome hold() {
        String[] text = new String[2];
        Outcome whole = hold(false, text, 0);
        Outcome pieces = hold(true, text, 1);
        assertEquals(text[0], text[1], "the answers depend on the cuts");
        assertEquals(whole.open(), pieces.open(), "whether it goes on depends on the cuts");
        return whole;
    }

    private Outcome hold(boolean cut, String[] text, int which) {
        try (FuzzedConnection connection = new FuzzedConnection()) {
            if (cut) {
                sendPieces(connection);
            } else {
                connection.send(bytes, 0, bytes.length);
            }
            end(connection);
            List<Answer> answers = Answers.read(connection.received());
            check(answers, connection);
            text[which] = new String(connection.received(), StandardCharsets.ISO_8859_1)
                    .replaceAll("(?i)\r\ndate: [^\r]*", "");
            return new Outcome(answers, connection.isOpen());
        }
    }

    private void sendPieces(FuzzedConnection connection) {
        Random random = new Random(way);
        boolean late = (way & 4) != 0;
        int longest = random.nextBoolean() ? 8 : 200;
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(longest));
            if (late) {
                connection.taken(random.nextBoolean());
            }
            connection.send(bytes, from, to);
            from = to;
        }
        connection.taken(true);
    }

    private void end(FuzzedConnection connection) {
        switch (way & 3) {
            case 1 -> connection.endInput();
            case 2 -> {
                connection.pass(Duration.ofSeconds(31));
                connection.pass(Duration.ofSeconds(61));
                assertTrue(!connection.isOpen(), "an idle connection is closed");
            }
            case 3 -> connection.drain();
            default -> {}
        }
    }

    private static void check(List<Answer> answers, FuzzedConnection connection) {
        long counted = answers.stream()
                .mapToLong(answer -> Math.max(0, answer.count()))
                .sum();
        assertEquals(counted, connection.taken(), "what was acknowledged is what is on the ring");
        for (int answer = 0; answer < answers.size(); answer++) {
            if (answers.get(answer).closes()) {
                assertEquals(answers.size() - 1, answer, "an answer follows the last one");
                assertTrue(!connection.isOpen(), "it says that the connection closes");
            }
        }
    }
}
