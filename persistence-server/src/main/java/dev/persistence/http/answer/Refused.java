package dev.persistence.http.answer;

/**
 * A request is refused; the answer says why. Without a stack trace: a refusal is an ordinary outcome, and clients
 * decide how often it happens.
 */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Answer answer;
    private final boolean framingLost;

    private Refused(Answer answer, boolean framingLost) {
        super(answer.status().toString(), null, false, false);
        this.answer = answer;
        this.framingLost = framingLost;
    }

    /** The connection goes on with its next request. */
    public static Refused with(Answer answer) {
        return new Refused(answer, false);
    }

    /** Nobody knows where the next request would begin: the connection ends. */
    public static Refused closing(Answer answer) {
        return new Refused(answer, true);
    }

    public Answer answer() {
        return answer;
    }

    /** Whether the connection ends with the answer. */
    public boolean framingLost() {
        return framingLost;
    }
}
