package dev.persistence.history.plan;

/**
 * A fault and when it happens.
 *
 * @param instance whose connections or process it is about, where it is about one
 * @param afterMillis since the fault before it ended
 * @param forMillis how long it lasts, where that can be chosen
 * @param variety decides what is left open, such as after how many bytes a connection is cut
 */
public record PlannedFault(FaultKind kind, int instance, int afterMillis, int forMillis, int variety) {}
