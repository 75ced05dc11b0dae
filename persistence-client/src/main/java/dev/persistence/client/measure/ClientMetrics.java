package dev.persistence.client.measure;

import java.time.Duration;

/**
 * Told what a client does, for whatever counts things in your program. All methods do nothing by default.
 *
 * <p>They are called by the client's own thread, never by one that calls {@code send}, so they may lag a little behind;
 * only {@link #requested} is also called by a thread that waits in {@code writeAndWait} or {@code flush}. They should be
 * quick, and must not call the client. An exception is logged once and changes nothing. When all is reported, accepted =
 * sent + dropped + waiting; records given to a closed client are only in {@link Statistics}.
 */
public interface ClientMetrics {

    /** Does nothing. */
    ClientMetrics NONE = new ClientMetrics() {};

    /**
     * Records were given to {@code send}.
     *
     * @param type their record type, or {@code "?"} where the name given cannot be one
     */
    default void accepted(String type, long records) {}

    /** The service took records (202). */
    default void sent(String type, long records) {}

    /**
     * Records were given up.
     *
     * @param type their record type, or {@code "?"} where the name given cannot be one
     */
    default void dropped(String type, long records, DropReason reason) {}

    /**
     * A request ended.
     *
     * @param path such as {@code tasks/batch} or {@code flush}
     * @param status of the answer, or 0 where there was none
     * @param time from its begin to the last byte of the answer
     */
    default void requested(String path, int status, Duration time) {}
}
