package dev.persistence.history.plan;

/**
 * A fault and when it happens.
 *
 * @param instance whose connections or process it is about, where it is about one
 * @param afterRecords how many records the clients send before it, since the fault before ended
 * @param forMillis how long it lasts, where that can be chosen
 * @param variety decides what is left open, such as after how many bytes a connection is cut
 */
public record PlannedFault(FaultKind kind, int instance, int afterRecords, int forMillis, int variety) {}
