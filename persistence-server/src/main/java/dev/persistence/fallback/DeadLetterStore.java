package dev.persistence.fallback;

import dev.persistence.batch.RecordBatch;
import dev.persistence.batch.RecordStore;
import dev.persistence.batch.WriteOutcome;
import dev.persistence.ring.RecordSlot;
import dev.persistence.ring.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps in files what the database did not take, before anybody is told: whole batches and single refused records. */
public final class DeadLetterStore implements RecordStore {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterStore.class);

    private final RecordStore store;
    private final DeadLetters deadLetters;

    public DeadLetterStore(RecordStore store, DeadLetters deadLetters) {
        this.store = store;
        this.deadLetters = deadLetters;
    }

    @Override
    public WriteOutcome write(RecordBatch batch) {
        WriteOutcome outcome;
        try {
            outcome = store.write(batch);
        } catch (RuntimeException | Error unexpected) { // the consumer gives the batch up for it
            LOG.error(
                    "After an unexpected failure, {}",
                    deadLetters.append(batch.records()).words());
            throw unexpected;
        }
        if (outcome instanceof WriteOutcome.Lost lost) {
            String kept = deadLetters.append(batch.records()).words();
            return new WriteOutcome.Lost(lost.reason() + "; " + kept, lost.kind());
        } else if (outcome instanceof WriteOutcome.Committed committed
                && !committed.refusals().isEmpty()) {
            keep(batch, committed.refusals());
        }
        return outcome;
    }

    private void keep(RecordBatch batch, List<Refusal> refusals) {
        Set<Long> sequences = refusals.stream().map(Refusal::sequence).collect(Collectors.toCollection(HashSet::new));
        List<RecordSlot> refused = batch.records().stream()
                .filter(record -> sequences.contains(record.sequence()))
                .toList();
        DeadLetters.Kept kept = deadLetters.append(refused);
        if (kept.all()) {
            LOG.info("Of the refused records, {}", kept.words());
        } else {
            LOG.error("Of the refused records, {}", kept.words());
        }
    }

    @Override
    public void giveUp() {
        store.giveUp();
    }

    @Override
    public long statementBytes() {
        return store.statementBytes();
    }
}
