package dev.persistence.batch;

import dev.persistence.ring.Refusal;
import dev.persistence.telemetry.LossReason;
import java.util.List;

/** How the writing of a batch ended. */
public sealed interface WriteOutcome {

    /**
     * The transaction is committed.
     *
     * @param refusals records that the database refused and that are not in it
     */
    record Committed(List<Refusal> refusals) implements WriteOutcome {
        public Committed {
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * Nothing was written, or (where the reason says so) it is not known whether anything was.
     *
     * @param reason why, in words that carry no secret and no user text
     * @param kind the same as a label of the metrics
     */
    record Lost(String reason, LossReason kind) implements WriteOutcome {

        /** Whether it may have been written after all. */
        public boolean unknown() {
            return kind == LossReason.UNKNOWN_OUTCOME;
        }
    }
}
