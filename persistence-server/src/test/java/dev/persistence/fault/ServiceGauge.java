package dev.persistence.fault;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a service's process holds, asked through its own management beans and the system's files about it. Linux. */
public final class ServiceGauge implements AutoCloseable {

    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern NATIVE_OTHER = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB");
    private static final Pattern NATIVE_TOTAL = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
    private static final long KIB = 1024;

    private final long pid;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private ServiceGauge(long pid, JMXConnector connector) throws IOException {
        this.pid = pid;
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
    }

    /** For a process that was started with {@code -XX:NativeMemoryTracking=summary}. */
    @SuppressWarnings("BanJNDI") // the address is a local process's that this test started
    public static ServiceGauge attach(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            return new ServiceGauge(pid, JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (AttachNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * One look at the process.
     *
     * @param heap bytes of the heap after a full collection
     * @param direct bytes of direct buffers that the JVM counts
     * @param nativeOther bytes that the libraries took beside the heap: Netty's buffers
     * @param nativeAll bytes of all of the JVM's memory, committed
     * @param rss bytes that are resident
     */
    public record Sample(
            long heap, long direct, long nativeOther, long nativeAll, long rss, int threads, int descriptors) {

        public static final List<String> NAMES =
                List.of("heap after GC", "direct buffers", "native: other", "native: all", "RSS");

        public List<Long> bytes() {
            return List.of(heap, direct, nativeOther, nativeAll, rss);
        }

        /** Bytes that connections and requests can hold: the heap and, beside it, buffers. */
        public long held() {
            return heap + nativeOther;
        }
    }

    public Sample sample() {
        try {
            MemoryMXBean memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
            memory.gc();
            String nativeMemory = nativeMemory();
            ThreadMXBean threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
            return new Sample(
                    memory.getHeapMemoryUsage().getUsed(),
                    direct(),
                    KIB * number(NATIVE_OTHER, nativeMemory),
                    KIB * number(NATIVE_TOTAL, nativeMemory),
                    KIB * number(RSS, Files.readString(Path.of("/proc/" + pid + "/status"))),
                    threads.getThreadCount(),
                    descriptors());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (JMException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private long direct() throws IOException {
        return ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private String nativeMemory() throws IOException, JMException {
        return (String) beans.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "vmNativeMemory",
                new Object[] {new String[] {"summary"}},
                new String[] {String[].class.getName()});
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    private int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) open.count();
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
