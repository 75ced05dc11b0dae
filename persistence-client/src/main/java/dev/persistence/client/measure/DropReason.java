package dev.persistence.client.measure;

/** Why a record was dropped: it will not be sent any more. */
public enum DropReason {
    /** It cannot be made JSON: a value of a type that is not known, a number that is none, a name of a type that cannot be. */
    INVALID("cannot be sent as JSON"),
    /** It is larger than any request may be, or the service said so (413). */
    TOO_LARGE("too large"),
    /** The buffer was full, and this was the oldest record in it. */
    OVERFLOW("the buffer was full"),
    /** The service did not answer in time; it may have taken the record all the same. */
    TIMED_OUT("no answer in time"),
    /** There was no connection, or it broke before the answer; the service may have taken the record all the same. */
    CONNECTION("no connection"),
    /** The service was full or stopping (503). */
    UNAVAILABLE("the service was full or stopping"),
    /** The service named this record as one that does not fit its declaration, or refused a whole request as such (422). */
    REFUSED("refused by the service"),
    /** The token is missing or wrong, or lacks the right to write (401, 403). */
    UNAUTHORIZED("the token was refused"),
    /** The service, or something between it and the client, answered with another status. */
    STATUS("unexpected answer"),
    /** It was given to a client that was closed, or was not sent before {@code close()} had to end. */
    CLOSED("the client was closed"),
    /** The client itself failed, for lack of memory perhaps. */
    FAILED("the client failed");

    private final String words;

    DropReason(String words) {
        this.words = words;
    }

    /** The reason in words, for logs. */
    public String words() {
        return words;
    }
}
