package dev.persistence.client;

import dev.persistence.client.buffer.Buffer;
import dev.persistence.client.delivery.Hooks;
import dev.persistence.client.delivery.Sender;
import dev.persistence.client.http.Answer;
import dev.persistence.client.http.NoAnswerException;
import dev.persistence.client.http.RequestBody;
import dev.persistence.client.http.ServiceConnection;
import dev.persistence.client.measure.DropReason;
import dev.persistence.client.measure.Statistics;
import dev.persistence.client.record.InvalidRecordException;
import dev.persistence.client.record.RecordJson;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Sends records to Persistence Service without ever being in the way of the program that uses it.
 *
 * <pre>{@code
 * PersistenceClient client = PersistenceClient.builder(URI.create("http://localhost:8001")).build();
 * client.send("tasks", Map.of("task_id", "t-1", "status", "done", …));
 * client.close();
 * }</pre>
 *
 * <p>{@link #send} is fire and forget: it makes the record JSON at once, puts it into a buffer and returns. It never waits
 * for the network and never throws. A thread in the background sends the buffer when 100 records wait or the oldest has
 * waited for 1 s. What cannot be sent within 2 s is dropped, counted in {@link #statistics()}, and said in one warning, at
 * most every 10 s, to the {@link System.Logger} of this class's name. When the buffer is full, the oldest records are
 * dropped. Records of one key keep their order.
 *
 * <p>For what must not be lost there is {@link #writeAndWait}: it returns when the records are in the database, or with the
 * reason why they are not.
 *
 * <p>One client for the whole program is enough. All methods may be called by any thread; none throws.
 */
public final class PersistenceClient implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(PersistenceClient.class.getName());

    /** What the service allows as the name of a record type; anything else could lead a request elsewhere. */
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private static final String UNKNOWN_TYPE = "?";
    private static final String WRITTEN = "_written";

    private final Settings.Timeouts timeouts;
    private final RecordJson json;
    private final Buffer buffer;
    private final ServiceConnection service;
    private final Sender sender;

    private PersistenceClient(Settings settings) {
        Hooks hooks = new Hooks(settings.metrics(), LOGGER);
        this.timeouts = settings.timeouts();
        this.json = new RecordJson(settings.stamp());
        this.buffer = new Buffer(settings.bounds(), System::nanoTime);
        this.service = new ServiceConnection(settings.target(), hooks);
        this.sender = new Sender(buffer, service, timeouts.request(), hooks, LOGGER);
    }

    static PersistenceClient start(Settings settings) {
        PersistenceClient client = new PersistenceClient(settings);
        client.sender.start();
        return client;
    }

    /**
     * A builder, whose other settings all have defaults.
     *
     * @param service its address, such as {@code http://localhost:8001}; with a path where a proxy serves it under one
     */
    public static ClientBuilder builder(URI service) {
        return new ClientBuilder(service);
    }

    /**
     * Sends a record some time soon. What is in the map now is what is sent. Null for a field clears the column; an absent
     * field leaves it as it is. Values are Strings, numbers, Booleans, enums, UUIDs, {@code Instant},
     * {@code OffsetDateTime}, {@code ZonedDateTime}, {@code LocalDateTime}, and for columns of the type {@code json} maps,
     * collections and arrays of these. A record that cannot be made JSON is dropped, for the reason
     * {@link DropReason#INVALID}.
     *
     * @param type such as {@code sessions} or {@code tasks}
     */
    public void send(String type, Map<String, ?> record) {
        if (!isType(type)) {
            buffer.refuse(UNKNOWN_TYPE, DropReason.INVALID, "the record type must match " + TYPE);
            return;
        }
        try {
            buffer.offer(type, json.write(record));
        } catch (InvalidRecordException invalid) {
            buffer.refuse(type, invalid.reason(), invalid.getMessage());
        } catch (OutOfMemoryError | StackOverflowError failed) { // not the business of who sends a record
            buffer.refuse(type, DropReason.FAILED, failed.getClass().getSimpleName() + " while it was written");
        }
    }

    /** Sends records some time soon, in the order of the collection; see {@link #send(String, Map)}. */
    public void send(String type, Collection<? extends Map<String, ?>> records) {
        try {
            records.forEach(record -> send(type, record));
        } catch (RuntimeException broken) { // null, or changed by another thread meanwhile
            buffer.refuse(
                    isType(type) ? type : UNKNOWN_TYPE,
                    DropReason.INVALID,
                    "the collection failed with " + broken.getClass().getSimpleName());
        }
    }

    /**
     * Writes one record and waits for its commit; see {@link #writeAndWait(String, Collection)}.
     */
    public WriteResult writeAndWait(String type, Map<String, ?> record) {
        List<Map<String, ?>> one = new ArrayList<>();
        one.add(record);
        return writeAndWait(type, one);
    }

    /**
     * Writes records and waits for their commit, with {@code ack=written}, on the caller's thread. What was sent before it is
     * sent first. It ends within the write time-out, 10 s by default, and never throws: the result says which are written,
     * which are at fault, and why the others are not. If a record cannot be made JSON, none is sent. The interruption of the
     * thread ends it too, and is kept.
     */
    public WriteResult writeAndWait(String type, Collection<? extends Map<String, ?>> records) {
        long end = System.nanoTime() + timeouts.write().toNanos();
        if (!isType(type)) {
            return WriteResult.failed(records == null ? 0 : records.size(), "the record type must match " + TYPE);
        }
        List<WriteResult.Fault> faults = new ArrayList<>();
        List<byte[]> written;
        try {
            written = writeAll(records, faults);
        } catch (RuntimeException broken) { // null, or changed by another thread meanwhile
            return WriteResult.failed(
                    0, "the collection failed with " + broken.getClass().getSimpleName());
        }
        if (!faults.isEmpty()) {
            return new WriteResult(
                    written.size() + faults.size(), 0, faults, faults.size() + " cannot be sent; nothing was");
        }
        try {
            if (!awaitSent(end)) {
                return WriteResult.failed(written.size(), "what was sent before could not be sent in time");
            }
            return new AcknowledgedWrite(service, type, written, end).run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return WriteResult.failed(written.size(), "interrupted; some may be written");
        }
    }

    private List<byte[]> writeAll(Collection<? extends Map<String, ?>> records, List<WriteResult.Fault> faults) {
        List<byte[]> written = new ArrayList<>();
        for (Map<String, ?> record : records) {
            try {
                written.add(json.write(record));
            } catch (InvalidRecordException invalid) {
                faults.add(new WriteResult.Fault(written.size() + faults.size(), invalid.getMessage()));
            }
        }
        return written;
    }

    /** Waits until everything in the buffer is sent or dropped, and tells whether it came to that in time. */
    private boolean awaitSent(long end) throws InterruptedException {
        return buffer.awaitSettled(buffer.sendNow(), Duration.ofNanos(end - System.nanoTime()));
    }

    /**
     * Sends what waits in this client, and then asks the service to write everything it has accepted. Ends within the flush
     * time-out, 10 s by default, and never throws: the result says how far it came. The interruption of the thread ends it
     * too, and is kept.
     */
    public FlushResult flush() {
        long end = System.nanoTime() + timeouts.flush().toNanos();
        long before = buffer.dropped();
        try {
            if (!awaitSent(end)) {
                return FlushResult.failed(buffer.dropped() - before, "what waited could not be sent in time");
            }
            Duration left = Duration.ofNanos(end - System.nanoTime());
            return result(service.post("flush", RequestBody.EMPTY, left), buffer.dropped() - before);
        } catch (NoAnswerException none) {
            return FlushResult.failed(buffer.dropped() - before, none.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return FlushResult.failed(buffer.dropped() - before, "interrupted");
        }
    }

    private static FlushResult result(Answer answer, long dropped) {
        Map<String, Long> written = new TreeMap<>();
        answer.numbers().forEach((name, count) -> {
            if (name.endsWith(WRITTEN)) {
                written.put(name.substring(0, name.length() - WRITTEN.length()), count);
            }
        });
        boolean flushed = answer.status() == 200;
        return new FlushResult(
                flushed,
                written,
                answer.number("failed"),
                answer.number("lost"),
                dropped,
                flushed ? "" : answer.words());
    }

    private static boolean isType(String type) {
        return type != null && TYPE.matcher(type).matches();
    }

    /** The counts up to now: accepted = sent + dropped + waiting. */
    public Statistics statistics() {
        return buffer.statistics();
    }

    /**
     * Sends what waits, within the close time-out, 5 s by default, and drops what could not be sent by then. Afterwards the
     * client's threads are gone (before Java 21, one of the HTTP client's ends with the next garbage collection), and records
     * given to it are dropped. Closing again does nothing. The interruption of the thread makes it give up what waits, and
     * is kept.
     */
    @Override
    public void close() {
        sender.stop(timeouts.close());
        service.close();
    }
}
