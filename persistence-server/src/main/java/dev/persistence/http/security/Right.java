package dev.persistence.http.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a token may allow. */
public enum Right {
    /** To send batches, also those that are answered after their commit. */
    WRITE,
    /** To ask for a flush. */
    FLUSH,
    /** To see statistics, figures and the description of the service. */
    READ;

    /** The right of this word. */
    static Optional<Right> named(String word) {
        return Arrays.stream(values())
                .filter(right -> right.word().equals(word))
                .findFirst();
    }

    /** All words, as people are told them. */
    public static String words() {
        return Arrays.stream(values()).map(Right::word).collect(Collectors.joining(", "));
    }

    /** Its name in a token's entry. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
