package dev.persistence.client.http;

import dev.persistence.client.measure.DropReason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Requests to the service, over connections that are kept. Each ends within its time, all of it: name, connection, request
 * and answer. Only one thing is tried again: a request, once, that broke on a connection that may have been kept from an
 * earlier one, since the service or a balancer may close such a connection at any moment, or that met a stopping service
 * there: a new connection may lead to another instance. Batches are safe to repeat. Any thread.
 */
public final class ServiceConnection implements AutoCloseable {

    private final Target target;
    private final RequestObserver observer;
    private final Queue<CompletableFuture<?>> underWay = new ConcurrentLinkedQueue<>(); // few: one a waiting thread
    private volatile HttpThreads http; // null once closed: before Java 21, its threads end when nothing refers to it
    private volatile boolean keptConnection; // whether one may be kept from a request that was answered; any thread

    /** @param observer is told of each request */
    public ServiceConnection(Target target, RequestObserver observer) {
        this.target = target;
        this.observer = observer;
        this.http = new HttpThreads(target.tls());
    }

    /** Is told of each request that ended: its path, the answer's status or 0, and how long it took. */
    public interface RequestObserver {
        /** Called by the thread that waited for the request. */
        void requested(String path, int status, Duration time);
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param path such as {@code tasks/batch}
     * @param timeout for all of it, the repetition included
     * @throws NoAnswerException if there was none within the time, no connection, or this is closed
     */
    public Answer post(String path, RequestBody body, Duration timeout) throws NoAnswerException, InterruptedException {
        HttpRequest request = request(path, body);
        long end = System.nanoTime() + timeout.toNanos();
        boolean mayBeStale = keptConnection;
        try {
            Answer answer = exchange(path, request, end, timeout);
            return mayBeStale && answer.isDraining() ? repeat(path, request, end, timeout) : answer;
        } catch (IOException broken) {
            keptConnection = false;
            if (mayBeStale && !isConnecting(broken)) {
                return repeat(path, request, end, timeout);
            }
            throw noConnection(broken);
        }
    }

    private Answer repeat(String path, HttpRequest request, long end, Duration timeout)
            throws NoAnswerException, InterruptedException {
        try {
            return exchange(path, request, end, timeout);
        } catch (IOException broken) {
            throw noConnection(broken);
        }
    }

    /** Whether it failed before there was a connection: then it was not one that had been kept. */
    private static boolean isConnecting(IOException broken) {
        return broken instanceof ConnectException || broken instanceof SSLException;
    }

    private NoAnswerException noConnection(IOException broken) {
        if (http == null) { // which is what broke it
            return closed();
        }
        String words = broken.getMessage() == null ? "" : ": " + broken.getMessage();
        return new NoAnswerException(
                DropReason.CONNECTION, target + ", " + broken.getClass().getSimpleName() + words);
    }

    private HttpRequest request(String path, RequestBody body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes()));
        if (body.gzip()) {
            request.header("Content-Encoding", "gzip");
        }
        target.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request.build();
    }

    private Answer exchange(String path, HttpRequest request, long end, Duration timeout)
            throws IOException, NoAnswerException, InterruptedException {
        long start = System.nanoTime();
        int status = 0;
        CompletableFuture<HttpResponse<byte[]>> answer = begin(request);
        try {
            HttpResponse<byte[]> response = answer.get(end - start, TimeUnit.NANOSECONDS);
            status = response.statusCode();
            keptConnection = true;
            return AnswerReader.read(status, response.body());
        } catch (TimeoutException late) {
            throw new NoAnswerException(
                    DropReason.TIMED_OUT, target + " did not answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw cause(failed);
        } catch (CancellationException closing) {
            throw closed();
        } finally {
            answer.cancel(true); // ends the connection of a request that is not answered yet
            underWay.removeIf(CompletableFuture::isDone);
            observer.requested(path, status, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> begin(HttpRequest request) throws NoAnswerException {
        HttpThreads open = http;
        if (open == null) {
            throw closed();
        }
        try {
            CompletableFuture<HttpResponse<byte[]>> answer =
                    open.client().sendAsync(request, head -> new AnswerBytes());
            underWay.add(answer);
            if (http == null) { // closed meanwhile, perhaps before this one could be seen
                answer.cancel(true);
            }
            return answer;
        } catch (RejectedExecutionException closing) {
            throw closed();
        }
    }

    private static IOException cause(ExecutionException failed) {
        return failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
    }

    private static NoAnswerException closed() {
        return new NoAnswerException(DropReason.CLOSED, "the client is closed");
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        HttpThreads open = http;
        http = null;
        underWay.forEach(request -> request.cancel(true));
        if (open != null) {
            open.close();
        }
    }

    /** The address, for people. */
    @Override
    public String toString() {
        return target.toString();
    }
}
