package dev.persistence.history.oracle;

/**
 * How a process ended, from its exit code and its log.
 *
 * @param killed by SIGKILL: nothing is known but its checkpoints
 * @param lost records that its log says were lost; -1 where the log is not complete
 * @param lostBatches how many batches that were; -1 where the log is not complete
 */
public record LifeEnd(Sending.Life life, boolean killed, long lost, long lostBatches) {}
