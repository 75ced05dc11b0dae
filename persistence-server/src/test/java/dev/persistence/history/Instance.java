package dev.persistence.history;

import dev.persistence.fault.FaultProxy;
import dev.persistence.fault.FreePort;
import dev.persistence.fault.ServiceProcess;
import dev.persistence.history.client.Notebook;
import dev.persistence.history.client.Target;
import dev.persistence.history.client.WireClient;
import dev.persistence.history.oracle.LifeEnd;
import dev.persistence.history.oracle.Sending;
import dev.persistence.history.plan.PlanMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One instance of the service: one process after another on the same port, with a proxy before it.
 * Started and stopped by one thread at a time; the rest is for any thread.
 */
public final class Instance implements Target, AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int START_ATTEMPTS = 3;
    private static final Pattern LOST_BATCH = Pattern.compile("lost (\\d+) records \\(");
    private static final Pattern LOST_AT_STOP = Pattern.compile("Stopped with (\\d+) records lost: they were not");

    private final int port = FreePort.find();
    private final FaultProxy front = FaultProxy.to(port);
    private final ServiceProcess.Setup setup;
    private volatile Sending.Life life;
    private volatile boolean listens;
    private ServiceProcess process;

    /**
     * Starts nothing yet.
     *
     * @param settings environment variables with values, in turn
     */
    public Instance(int number, String databaseUrl, List<String> settings, Path logs) {
        this.life = new Sending.Life(number, 0);
        this.setup = ServiceProcess.on(databaseUrl, logs)
                .with("SERVICE_PORT", Integer.toString(port))
                .with("MAX_RECORDS_PER_REQUEST", Integer.toString(PlanMaker.MOST_RECORDS));
        for (int i = 0; i < settings.size(); i += 2) {
            setup.with(settings.get(i), settings.get(i + 1));
        }
    }

    public void launch() {
        process = setup.launch();
    }

    /** As a supervisor would, starts it again if the machine was so busy that the database did not answer in time. */
    public void awaitListening() {
        for (int attempt = 1; !listens; attempt++) {
            try {
                process.port();
                listens = true;
            } catch (CompletionException ended) {
                if (attempt == START_ATTEMPTS || !process.text().contains("Not started: the database")) {
                    throw new AssertionError("the service did not start:\n" + process.text(), ended);
                }
                launch();
            }
        }
    }

    /** Between the clients and the service. */
    FaultProxy front() {
        return front;
    }

    public ServiceProcess process() {
        return process;
    }

    @Override
    public int port() {
        return front.port();
    }

    @Override
    public Sending.Life life() {
        return life;
    }

    @Override
    public boolean listens() {
        return listens;
    }

    /** A connection that no fault reaches. */
    WireClient direct() throws IOException {
        return new WireClient(port);
    }

    /** The orderly stop, noted with what its log says was lost. */
    int term(Notebook notes) {
        listens = false; // for new connections; those that are open see the stop
        process.term();
        int code = process.exitCode(STOP);
        notes.ended(end(code));
        if (code != 0 && lost(LOST_AT_STOP) + lost(LOST_BATCH) == 0) {
            notes.surprise("exit code " + code + " of " + life + " without a loss:\n" + process.text());
        }
        return code;
    }

    private LifeEnd end(int code) {
        if (code != 0 && code != 1) {
            return new LifeEnd(life, true, -1, -1);
        }
        long batches = process.output().stream()
                .filter(line -> LOST_BATCH.matcher(line).find())
                .count();
        return new LifeEnd(life, false, lost(LOST_BATCH) + lost(LOST_AT_STOP), batches + lost(LOST_AT_STOP));
    }

    /** Records that the log says were lost. */
    private long lost(Pattern line) {
        return process.output().stream()
                .map(line::matcher)
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    /** SIGKILL, just after a look at what is in memory. */
    void kill(Notebook notes) {
        try (WireClient client = direct()) {
            notes.checkpoint(client, life, 0);
        } catch (IOException unknown) {
            notes.surprise("no statistics before the kill: " + unknown);
        }
        process.kill();
        listens = false;
        notes.ended(new LifeEnd(life, true, -1, -1));
    }

    /** The next process, after the one before has ended. */
    void startAgain() {
        life = new Sending.Life(life.instance(), life.number() + 1);
        launch();
        awaitListening();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        front.close();
    }
}
