package dev.persistence.bench.probe;

import com.sun.management.OperatingSystemMXBean;
import dev.persistence.bench.target.BenchDatabase;
import dev.persistence.bench.target.ServerStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Watches a service and its database through one run: {@link #begin} before it, {@link #end} after it. Opening is what
 * takes time (it attaches to the service's JVM), and is not measured. Used by one thread, but for {@link #latest}.
 */
public final class Probe implements AutoCloseable {

    /**
     * Often enough for a plot, and not more: a sample costs the service one to two milliseconds of processor time, which
     * is in its figure.
     */
    public static final Duration USUAL_INTERVAL = Duration.ofMillis(250);

    private final Optional<ProcessProbe> service;
    private final Optional<ProcessProbe> databaseProcess;
    private final Optional<BenchDatabase> database;
    private final Optional<JvmProbe> jvm;
    private final StatsReader stats;
    private final Duration interval;
    private final List<String> notes = new ArrayList<>();

    private volatile Sampler sampler; // null before the begin
    private double generatorCpuBefore;
    private OptionalDouble serviceCpuBefore = OptionalDouble.empty();
    private OptionalDouble databaseCpuBefore = OptionalDouble.empty();
    private Optional<ServerStatus> statusBefore = Optional.empty();

    /**
     * Attaches.
     *
     * @param host of the service, for its own account of the ring
     * @param pid its process, where it is known and runs on this machine
     * @param database where it writes, if that may be asked
     */
    public Probe(String host, int port, OptionalLong pid, Optional<BenchDatabase> database, Duration interval) {
        this.stats = new StatsReader(host, port);
        this.interval = interval;
        this.database = database;
        this.service = process(pid);
        this.databaseProcess = database.flatMap(open -> process(open.serverPid()));
        this.jvm = attached(pid);
        note(
                service.isPresent(),
                "service: its process is not known, so its processor time and memory are not reported");
        note(
                databaseProcess.isPresent(),
                "database: its process is not known or not on this machine, so its processor time is not reported");
    }

    /** To be called just before the run. */
    public void begin() {
        jvm.ifPresent(JvmProbe::begin);
        statusBefore = database.map(BenchDatabase::status);
        sampler = Sampler.start(stats, interval);
        serviceCpuBefore = cpu(service);
        databaseCpuBefore = cpu(databaseProcess);
        generatorCpuBefore = generatorCpu();
    }

    /** The service's buffer as it was last seen in this run; empty where it does not say. Any thread. */
    public Optional<Usage.Sample> latest() {
        Sampler running = sampler;
        return running == null ? Optional.empty() : running.latest();
    }

    /** To be called once everything is written. */
    public Usage end() throws InterruptedException {
        double generatorCpu = generatorCpu() - generatorCpuBefore;
        OptionalDouble serviceCpu = rise(cpu(service), serviceCpuBefore);
        OptionalDouble databaseCpu = rise(cpu(databaseProcess), databaseCpuBefore);
        sampler.end();
        sampler.last();
        List<String> said = new ArrayList<>(notes);
        sampler.trouble().ifPresent(said::add);
        return new Usage(
                generatorCpu,
                serviceCpu,
                databaseCpu,
                jvm.map(JvmProbe::end),
                service.map(ProcessProbe::peakMemoryBytes).orElse(OptionalLong.empty()),
                statusBefore.map(this::statementsSince),
                sampler.samples(),
                said);
    }

    @Override
    public void close() throws IOException {
        if (sampler != null) {
            sampler.end();
        }
        if (jvm.isPresent()) {
            jvm.get().close();
        }
    }

    private Usage.Statements statementsSince(ServerStatus before) {
        ServerStatus rise = database.orElseThrow().status().since(before);
        return new Usage.Statements(rise.get("Com_insert"), rise.get("Com_commit"));
    }

    private Optional<JvmProbe> attached(OptionalLong pid) {
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JvmProbe.attach(pid.getAsLong()));
        } catch (IOException impossible) {
            notes.add("service: " + impossible.getMessage());
            return Optional.empty();
        }
    }

    private void note(boolean known, String otherwise) {
        if (!known) {
            notes.add(otherwise);
        }
    }

    private static Optional<ProcessProbe> process(OptionalLong pid) {
        return pid.isPresent() ? Optional.of(new ProcessProbe(pid.getAsLong())) : Optional.empty();
    }

    private static OptionalDouble cpu(Optional<ProcessProbe> process) {
        return process.map(ProcessProbe::cpuSeconds).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble rise(OptionalDouble now, OptionalDouble before) {
        return now.isPresent() && before.isPresent()
                ? OptionalDouble.of(now.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
    }

    private static double generatorCpu() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }
}
