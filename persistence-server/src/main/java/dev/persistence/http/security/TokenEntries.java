package dev.persistence.http.security;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the entries of tokens, {@code name:rights:sha256}. Messages name an entry by its place and, where it has a legal
 * one, its name, and never repeat the rest: a person may have put the token itself there.
 */
public final class TokenEntries {

    /** What an entry looks like, to follow the word "expected". */
    public static final String FORM =
            "entries of the form name:rights:sha256, such as back-end:write+flush:9f86d08…; persistence-server token"
                    + " makes one";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final int PARTS = 3;

    private TokenEntries() {}

    /**
     * Reads entries.
     *
     * @throws IllegalArgumentException if one cannot be used, or two have one name or one hash; the message says which
     */
    public static List<Token> tokens(List<String> entries) {
        List<Token> tokens = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        for (int index = 0; index < entries.size(); index++) {
            try {
                Token token = token(entries.get(index));
                if (!names.add(token.name())) {
                    throw new IllegalArgumentException("the name " + token.name() + " is there twice");
                }
                String entry = token.entry();
                if (!hashes.add(entry.substring(entry.lastIndexOf(':')))) {
                    throw new IllegalArgumentException(token.name() + ": this token has another name already");
                }
                tokens.add(token);
            } catch (IllegalArgumentException unusable) {
                throw new IllegalArgumentException("entry " + (index + 1) + ": " + unusable.getMessage(), unusable);
            }
        }
        return tokens;
    }

    /** Reads a tokens file: an entry a line; blank lines, and what follows a {@code #}, are for people. */
    static List<Token> lines(List<String> lines) {
        List<String> entries = lines.stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("it holds no token");
        }
        return tokens(entries);
    }

    static Token token(String entry) {
        String[] parts = entry.strip().split(":", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("it has not the three parts of name:rights:sha256");
        }
        if (!NAME.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException("its name must be 1 to 64 of letters, digits, '.', '_' and '-'");
        }
        if (!SHA256.matcher(parts[2]).matches()) {
            throw new IllegalArgumentException(parts[0] + ": its hash must be the token's SHA-256 in 64 hex digits");
        }
        return new Token(parts[0], rights(parts[0], parts[1]), HexFormat.of().parseHex(parts[2]));
    }

    private static Set<Right> rights(String name, String words) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (String word : words.split("\\+", -1)) {
            Optional<Right> right = Right.named(word);
            if (right.isEmpty()) {
                throw new IllegalArgumentException(
                        name + ": its rights must be some of " + Right.words() + ", joined with '+'");
            }
            rights.add(right.get());
        }
        return rights;
    }
}
