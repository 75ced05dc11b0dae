package dev.persistence.decode;

import java.util.List;

/** How the decoding of a request body ended. */
public sealed interface DecodeResult
        permits DecodeResult.Malformed, DecodeResult.TooMany, DecodeResult.Invalid, DecodedBatch {

    /** The body is not JSON, or not UTF-8. */
    record Malformed(String detail) implements DecodeResult {}

    /** The body holds more records than a request may; reading stopped there. */
    record TooMany(int limit) implements DecodeResult {}

    /**
     * The JSON does not fit the declaration.
     *
     * @param faults the first {@value #NAMED_FAULTS} of them, in the order of the records
     * @param count all of them
     */
    record Invalid(List<Fault> faults, int count) implements DecodeResult {

        /** Faults that are named one by one; the rest is only counted. */
        public static final int NAMED_FAULTS = 20;

        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
