package dev.persistence.history.plan;

import dev.persistence.history.oracle.Item;
import dev.persistence.history.oracle.Shape;
import java.util.List;

/** One thing that a client does. */
public sealed interface Step {

    /** How a body is spelt. */
    enum Form {
        JSON,
        LINES,
        GZIP
    }

    /** How a request is sent. */
    enum Manner {
        AT_ONCE,
        /** In parts, with pauses. */
        SLOWLY,
        /** Not whole: the connection is closed before the end of the body. */
        CUT,
        /** Whole, but the connection is closed without waiting for the answer. */
        DESERTED
    }

    /**
     * A batch request.
     *
     * @param written whether it asks for {@code ack=written}
     * @param again whether it is sent once more if it was not accepted, or nobody knows
     */
    record Batch(Shape shape, List<Item> items, boolean written, Form form, Manner manner, boolean again)
            implements Step {}

    /** Several requests in one go, before the first answer. */
    record Pipeline(List<Batch> batches) implements Step {}

    /** What is wrong with a request that must be refused whole. */
    enum Wrong {
        /** One of its records does not fit the declaration. */
        RECORD(422),
        TOO_MANY_RECORDS(413),
        NOT_JSON(400);

        private final int status;

        Wrong(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** A request of good records, which must not be taken because of something else in it. */
    record Refusable(Shape shape, List<Item> items, Wrong wrong) implements Step {}

    /** A record that the database refuses, sent alone with {@code ack=written}. */
    record Poison(Item item) implements Step {}

    record Flush() implements Step {}

    record Pause(int millis) implements Step {}
}
