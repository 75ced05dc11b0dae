package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Watches every buffer of all tests of this JVM; one that is lost fails the build. JUnit finds it as a service. What the
 * collector has not found by the end of the last test is looked for then.
 */
public final class Leaks implements BeforeAllCallback {

    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final long PATIENCE_MILLIS = 5000;

    /** From now on, for all tests of this JVM. */
    static void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((resourceType, records) -> FOUND.add(records));
    }

    /** Fails once for each that was found. */
    static void assertNone() {
        List<String> found = new ArrayList<>();
        for (String next = FOUND.poll(); next != null; next = FOUND.poll()) {
            found.add(next);
        }
        assertEquals(List.of(), found, "no buffer is lost");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        watch();
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Leaks.class))
                .computeIfAbsent(AutoCloseable.class, end -> (AutoCloseable) Leaks::assertNoneAtAll);
    }

    private static void assertNoneAtAll() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        Reference<Object> sign = new PhantomReference<>(new Object(), collected);
        try {
            System.gc();
            collected.remove(PATIENCE_MILLIS);
        } finally {
            Reference.reachabilityFence(sign);
        }
        ByteBufAllocator.DEFAULT.buffer(1).release(); // with each new buffer the library looks for lost ones
        assertNone();
    }
}
