package dev.persistence.fuzz.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.persistence.fuzz.FuzzTarget;
import dev.persistence.fuzz.http.Answers.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Well-formed requests of all kinds, one behind the other: every byte of the input is a choice, see {@link
 * RequestScript}. Each is answered, in order, as the contract says, and a refusal harms none behind it.
 */
public final class RequestFuzz implements FuzzTarget {

    private static final int SEEDS = 60;

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] choices = new byte[10 + 2 * seed];
            new Random(seed).nextBytes(choices);
            seeds.put("choices of seed " + seed, choices);
        }
        return seeds;
    }

    @Override
    public String[] words() {
        return new String[] {"\0\0\0\0", "\1\0", "\2\0\0", "\0\1\0\2"};
    }

    @Override
    public int longestInput() {
        return 300;
    }

    @Override
    public void take(byte[] input) {
        Choices choices = new Choices(input);
        int way = choices.next(256) & ~3; // its end is part of the script
        RequestScript script = new RequestScript(choices);
        Conversation.Outcome outcome = new Conversation(script.bytes(), way).hold();
        List<String> answers = new ArrayList<>();
        for (Answer answer : outcome.answers()) {
            answers.add(answer.count() < 0 ? "" + answer.status() : answer.status() + " of " + answer.count());
        }
        assertEquals(script.expected(), answers, () -> new String(script.bytes(), StandardCharsets.ISO_8859_1));
        assertEquals(script.staysOpen(), outcome.open(), () -> new String(script.bytes(), StandardCharsets.ISO_8859_1));
    }
}
