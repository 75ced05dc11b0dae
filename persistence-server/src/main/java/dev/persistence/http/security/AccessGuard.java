package dev.persistence.http.security;

import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.Refused;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * Judges requests by their token, before anything else of them is looked at. One SHA-256 a request, whatever it carries;
 * all known tokens are compared with it, each in constant time, so that the time tells nothing of how near a guess was.
 *
 * <table>
 * <caption>Refusals of the routes that need a right</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>401 with WWW-Authenticate</td><td>no bearer token</td></tr>
 * <tr><td>401 with error="invalid_token"</td><td>a token that is not known, or several</td></tr>
 * <tr><td>403 with error="insufficient_scope"</td><td>the token lacks the right</td></tr>
 * </table>
 */
public final class AccessGuard {

    private static final String CHALLENGE = "Bearer realm=\"persistence\"";
    private static final String SCHEME = "bearer ";

    private static final Answer MISSING = refusal(
            HttpResponseStatus.UNAUTHORIZED,
            "this path needs a token: expected the header Authorization: Bearer TOKEN",
            CHALLENGE);
    private static final Answer WRONG =
            refusal(HttpResponseStatus.UNAUTHORIZED, "the token is not known", CHALLENGE + ", error=\"invalid_token\"");

    private static final FastThreadLocal<MessageDigest> SHA256 = new FastThreadLocal<>() {
        @Override
        protected MessageDigest initialValue() {
            return Token.sha256();
        }
    };

    private final boolean open;
    private volatile List<Token> tokens; // replaced by the thread that watches the tokens file

    private AccessGuard(boolean open, List<Token> tokens) {
        this.open = open;
        this.tokens = List.copyOf(tokens);
    }

    /** Lets everybody in: no tokens are configured. */
    static AccessGuard open() {
        return new AccessGuard(true, List.of());
    }

    /** Lets in who has one of these tokens, with its rights. */
    static AccessGuard of(List<Token> tokens) {
        return new AccessGuard(false, tokens);
    }

    /** Whether everybody is let in. */
    public boolean isOpen() {
        return open;
    }

    /** From now on these hold. Requests that are already admitted go on. */
    void replace(List<Token> others) {
        tokens = List.copyOf(others);
    }

    /**
     * Judges a request.
     *
     * @throws Refused unless its token allows it
     */
    public void check(HttpHeaders headers, Right needed) throws Refused {
        if (open) {
            return;
        }
        List<String> credentials = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        if (credentials.isEmpty() || !credentials.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Refused.with(MISSING);
        }
        Token token = find(credentials.get(0).substring(SCHEME.length()).strip());
        if (token == null || credentials.size() > 1) {
            throw Refused.with(WRONG);
        }
        if (!token.allows(needed)) {
            throw Refused.with(refusal(
                    HttpResponseStatus.FORBIDDEN,
                    "the token lacks the right \"" + needed.word() + "\"",
                    CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + needed.word() + "\""));
        }
    }

    private Token find(String text) {
        byte[] hash = SHA256.get().digest(text.getBytes(StandardCharsets.UTF_8));
        Token found = null;
        for (Token token : tokens) { // to the end: where it is found does not show
            if (token.hasHash(hash)) {
                found = token;
            }
        }
        return found;
    }

    private static Answer refusal(HttpResponseStatus status, String detail, String challenge) {
        return Problem.of(status, detail).with(Map.of(HttpHeaderNames.WWW_AUTHENTICATE, challenge));
    }
}
