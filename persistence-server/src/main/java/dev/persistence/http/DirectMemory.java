package dev.persistence.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.internal.PlatformDependent;

/** The memory outside the heap that connections use. Any thread. */
public final class DirectMemory {

    private DirectMemory() {}

    /** Bytes that are held, free parts of chunks among them. */
    public static long used() {
        long counted = PlatformDependent.usedDirectMemory();
        if (counted >= 0) {
            return counted;
        }
        // The JVM cleans up direct buffers itself, and the library keeps no count of them all.
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
                ? provider.metric().usedDirectMemory()
                : 0;
    }

    /** Bytes that may be held. */
    public static long limit() {
        return PlatformDependent.maxDirectMemory();
    }
}
