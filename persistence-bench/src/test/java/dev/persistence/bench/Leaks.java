package dev.persistence.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Watches every buffer of all tests of this JVM, as the tests of the service do; one that is lost fails the build. What
 * the collector has not found by the end of the last test is looked for then.
 */
public final class Leaks implements BeforeAllCallback {

    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final long PATIENCE_MILLIS = 5000;

    @Override
    public void beforeAll(ExtensionContext context) {
        ByteBufUtil.setLeakListener((resourceType, records) -> FOUND.add(records));
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Leaks.class))
                .computeIfAbsent(AutoCloseable.class, end -> (AutoCloseable) Leaks::assertNone);
    }

    private static void assertNone() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        Reference<Object> sign = new PhantomReference<>(new Object(), collected);
        try {
            System.gc();
            collected.remove(PATIENCE_MILLIS);
        } finally {
            Reference.reachabilityFence(sign);
        }
        ByteBufAllocator.DEFAULT.buffer(1).release(); // with each new buffer the library looks for lost ones
        assertEquals(List.of(), List.copyOf(FOUND), "no buffer is lost");
    }
}
