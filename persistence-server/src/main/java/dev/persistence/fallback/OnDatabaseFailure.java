package dev.persistence.fallback;

import java.util.Arrays;
import java.util.List;

/** What happens to a batch that the database cannot take. */
public enum OnDatabaseFailure {
    /** It is given up at once. */
    DROP("drop"),
    /** It is tried again for a while, then given up. */
    HOLD("hold"),
    /** Its records, and those that the database refuses one by one, go to a file; then it is given up. */
    DEAD_LETTER("dead-letter");

    /** The words of the setting. */
    public static final List<String> WORDS =
            Arrays.stream(values()).map(value -> value.word).toList();

    private final String word;

    OnDatabaseFailure(String word) {
        this.word = word;
    }

    /**
     * The value of a word.
     *
     * @throws IllegalArgumentException if it is none of {@link #WORDS}
     */
    public static OnDatabaseFailure of(String word) {
        return Arrays.stream(values())
                .filter(value -> value.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("buffer.on-database-failure: \"" + word
                        + "\" (expected one of " + String.join(", ", WORDS) + ")"));
    }
}
