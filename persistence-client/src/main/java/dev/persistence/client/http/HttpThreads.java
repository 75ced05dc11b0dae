package dev.persistence.client.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Java's HTTP client with threads of our own, which are daemons and end with it. Any thread. */
final class HttpThreads implements AutoCloseable {

    private static final Optional<MethodHandle> SHUTDOWN = shutdown();

    private final ExecutorService threads;
    private final HttpClient client;

    HttpThreads(Optional<SSLContext> tls) {
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "persistence-client-http-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    HttpClient client() {
        return client;
    }

    /** Since Java 21 the HTTP client can be told to end; before, it ends once nobody refers to it. */
    private static Optional<MethodHandle> shutdown() {
        try {
            return Optional.of(MethodHandles.publicLookup()
                    .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class)));
        } catch (NoSuchMethodException | IllegalAccessException olderJava) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (SHUTDOWN.isPresent()) {
            try {
                SHUTDOWN.get().invoke(client);
            } catch (Throwable failed) { // as the handle is declared; the method itself throws nothing
                throw new IllegalStateException("Java's HTTP client did not end", failed);
            }
        }
        threads.shutdown();
    }
}
