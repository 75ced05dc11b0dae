package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Watches every buffer of the HTTP tests. */
final class Leaks {

    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    private Leaks() {}

    /** From now on, for all tests of this JVM. */
    static void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((resourceType, records) -> FOUND.add(records));
    }

    static void assertNone() {
        assertEquals("[]", FOUND.toString(), "no buffer is lost");
    }
}
