package dev.persistence.bench.probe;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.MemoryUsage;
import java.util.Map;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** Hears of each garbage collection. Told by a thread of JMX, asked by another. */
final class PauseWatch implements NotificationListener {

    // Guarded by this.
    private long longestPauseMillis;
    private long mostHeapBytes;

    /** The largest since the begin. */
    record Extremes(long longestPauseMillis, long mostHeapBytes) {}

    /** Whether a collector of this name stops the program: the others work beside it, and their time is no pause. */
    static boolean pauses(String collector) {
        return !collector.contains("Concurrent") && !collector.contains("Cycles");
    }

    synchronized void begin() {
        longestPauseMillis = 0;
        mostHeapBytes = 0;
    }

    synchronized Extremes extremes() {
        return new Extremes(longestPauseMillis, mostHeapBytes);
    }

    @Override
    public void handleNotification(Notification notification, Object handback) {
        if (notification.getUserData() instanceof CompositeData data
                && notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            GcInfo collection = GarbageCollectionNotificationInfo.from(data).getGcInfo();
            // The heap's pools by the names of all collectors; "CodeHeap ..." are not among them.
            long used = collection.getMemoryUsageAfterGc().entrySet().stream()
                    .filter(pool -> pool.getKey().matches(".*(Eden|Survivor|Old|Tenured|Heap).*")
                            && !pool.getKey().startsWith("Code"))
                    .map(Map.Entry::getValue)
                    .mapToLong(MemoryUsage::getUsed)
                    .sum();
            took(collection.getDuration(), used);
        }
    }

    private synchronized void took(long millis, long heapBytes) {
        longestPauseMillis = Math.max(longestPauseMillis, millis);
        mostHeapBytes = Math.max(mostHeapBytes, heapBytes);
    }
}
