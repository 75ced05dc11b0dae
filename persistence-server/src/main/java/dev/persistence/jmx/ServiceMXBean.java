package dev.persistence.jmx;

import java.util.Map;

/** What {@code persistence:type=Service} offers. */
public interface ServiceMXBean {

    String getVersion();

    long getUptimeSeconds();

    /** Whether the service is stopping. */
    boolean isDraining();

    /** Records in memory: what a crash would lose. */
    long getUnwrittenRecords();

    /** Bytes of these records. */
    long getUnwrittenBytes();

    /** How long the oldest of them has waited; 0 where there is none. */
    long getOldestUnwrittenMillis();

    /** Records whose row is committed, since the start, as all that follow. */
    long getRecordsWritten();

    /** Records that the database refused one by one. */
    long getRecordsRefused();

    /** The same by every reason. */
    Map<String, Long> getRecordsRefusedByReason();

    /** Records given up with their batch. */
    long getRecordsLost();

    /** The same by every reason. */
    Map<String, Long> getRecordsLostByReason();

    /** When the last flush ended, in UTC; empty before the first. */
    String getLastFlush();

    /**
     * Writes everything accepted so far.
     *
     * @return what was written, by type
     * @throws IllegalStateException if records were lost, or the flush did not end in time; the message says so
     */
    String flush();
}
