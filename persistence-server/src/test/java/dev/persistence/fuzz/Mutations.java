package dev.persistence.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Random changes to known inputs: bytes changed, pieces left out, repeated, or taken from elsewhere. */
final class Mutations {

    private static final int MOST_CHANGES = 4;

    private final Random random;
    private final List<byte[]> inputs;
    private final String[] words;

    Mutations(Random random, List<byte[]> inputs, String[] words) {
        this.random = random;
        this.inputs = inputs;
        this.words = words.clone();
    }

    byte[] next() {
        byte[] input = any();
        for (int changes = random.nextInt(MOST_CHANGES) + 1; changes > 0; changes--) {
            input = changed(input);
        }
        return input;
    }

    private byte[] any() {
        return inputs.get(random.nextInt(inputs.size())).clone();
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(Math.min(16, input.length - from) + 1);
        byte[] other = any();
        int otherFrom = random.nextInt(other.length + 1);
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(input, 0, from);
        switch (random.nextInt(6)) {
            case 0 -> result.write(random.nextInt(256));
            case 1 -> result.writeBytes(words[random.nextInt(words.length)].getBytes(StandardCharsets.UTF_8));
            case 2 -> {
                result.write(input, from, to - from);
                result.write(input, from, to - from);
            }
            case 3 -> result.write(other, otherFrom, random.nextInt(other.length - otherFrom + 1));
            case 4 -> result.write(to > from ? input[from] ^ 1 << random.nextInt(8) : ' ');
            default -> {} // left out
        }
        result.write(input, to, input.length - to);
        return result.toByteArray();
    }
}
