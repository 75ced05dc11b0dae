package dev.persistence.http.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One token as the service knows it: not the token itself, but its SHA-256. A plain hash is enough, because a token is 32
 * random bytes: there is nothing to guess, so nothing that a slow password hash would make harder, and every request
 * costs one SHA-256 and no more. Immutable.
 */
public final class Token {

    /** Bytes of chance in a new token; written in base64url, they are 43 characters. */
    private static final int RANDOM_BYTES = 32;

    private final String name;
    private final Set<Right> rights;
    private final byte[] sha256;

    Token(String name, Set<Right> rights, byte[] sha256) {
        this.name = name;
        this.rights = EnumSet.copyOf(rights);
        this.sha256 = sha256.clone();
    }

    /** A new token's text, which only its owner gets to see. */
    public static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * What a token's text is known by.
     *
     * @param rights words joined with {@code +}
     * @throws IllegalArgumentException if name or rights cannot be used; the message says why
     */
    public static Token of(String name, String rights, String text) {
        return TokenEntries.token(name + ":" + rights + ":"
                + HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    String name() {
        return name;
    }

    /** Compares in a time that does not depend on where the hashes differ. */
    boolean hasHash(byte[] hash) {
        return MessageDigest.isEqual(sha256, hash);
    }

    boolean allows(Right right) {
        return rights.contains(right);
    }

    /** The entry that {@code service.tokens} and the tokens file take. */
    public String entry() {
        String words = rights.stream().map(Right::word).collect(Collectors.joining("+"));
        return name + ":" + words + ":" + HexFormat.of().formatHex(sha256);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return name + " " + rights;
    }
}
