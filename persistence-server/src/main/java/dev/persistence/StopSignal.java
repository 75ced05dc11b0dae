package dev.persistence;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that ask for the orderly stop: SIGTERM, SIGINT (Ctrl-C) and SIGHUP (the terminal has gone). They are
 * handled here and not by a shutdown hook, because the JVM runs all hooks at once: a library's hook would end the
 * database or the log while the last records are still being written. After the stop, {@link System#exit} runs the hooks.
 */
final class StopSignal {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private final CountDownLatch raised = new CountDownLatch(1);

    private StopSignal() {}

    /** One that hears only {@link #raise}; for tests. */
    static StopSignal unattached() {
        return new StopSignal();
    }

    /** Takes over the signals. Called once, by the main thread, before anything is opened. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        NAMES.forEach(stop::listen);
        return stop;
    }

    /** Waits for the first signal. */
    void await() throws InterruptedException {
        raised.await();
    }

    /**
     * Waits for the first signal at most so long.
     *
     * @return whether one came
     */
    boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        return raised.await(timeout, unit);
    }

    /** Whether a signal came. */
    boolean isRaised() {
        return raised.getCount() == 0;
    }

    /** What a signal does; each comes on a thread of its own. */
    void raise(String name) {
        if (isRaised()) {
            LOG.info("SIG{} again: the orderly stop goes on (SIGKILL would end it and lose what is not written)", name);
        } else {
            LOG.info("SIG{}: stopping in order", name);
            raised.countDown();
        }
    }

    /**
     * By reflection, because javac warns of every direct use of {@code sun.misc.Signal}, the JDK's only way to handle a
     * signal, and has no switch to allow it. The package is exported by the module {@code jdk.unsupported}.
     */
    private void listen(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handlerFor(name, handler));
        } catch (ReflectiveOperationException unknown) {
            LOG.warn(
                    "SIG{} cannot be handled on this JVM: it will end the service without an orderly stop",
                    name,
                    unknown);
        }
    }

    private Object handlerFor(String name, Class<?> handler) {
        return Proxy.newProxyInstance(
                handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "handle" -> {
                            raise(name);
                            yield null;
                        }
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> name.hashCode();
                        default -> "handler of SIG" + name;
                    };
                });
    }
}
