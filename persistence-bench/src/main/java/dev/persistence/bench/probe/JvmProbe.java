package dev.persistence.bench.probe;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What another JVM of this user says of itself: attaches to it and asks over JMX. Used by one thread. */
final class JvmProbe implements AutoCloseable {

    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private final List<GarbageCollectorMXBean> collectors;
    private final PauseWatch pauses = new PauseWatch();

    private Map<Long, Long> allocatedBefore = Map.of(); // bytes by thread
    private long collectionsBefore;
    private long pauseMillisBefore;

    private JvmProbe(JMXConnector connector) throws IOException, JMException {
        this.connector = connector;
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        this.collectors = ManagementFactory.getPlatformMXBeans(beans, GarbageCollectorMXBean.class).stream()
                .filter(collector -> PauseWatch.pauses(collector.getName()))
                .toList();
        for (GarbageCollectorMXBean collector : collectors) {
            ObjectName name = collector.getObjectName();
            beans.addNotificationListener(name, pauses, null, null);
        }
    }

    /** @throws IOException if it cannot be attached to; the message says why */
    static JvmProbe attach(long pid) throws IOException {
        JMXConnector connector = null;
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address;
            try {
                address = machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
            connector = connect(address);
            return new JvmProbe(connector);
        } catch (AttachNotSupportedException | JMException | IOException | RuntimeException failure) {
            if (connector != null) {
                connector.close();
            }
            throw new IOException(
                    "its JVM (process " + pid + ") cannot be attached to: " + failure.getMessage(), failure);
        }
    }

    @SuppressWarnings("BanJNDI") // the address is from a JVM of this user, which would have easier ways to do harm
    private static JMXConnector connect(String address) throws IOException {
        return JMXConnectorFactory.connect(new JMXServiceURL(address));
    }

    void begin() {
        allocatedBefore = allocated(name -> true);
        collectionsBefore = collections();
        pauseMillisBefore = pauseMillis();
        pauses.begin();
    }

    Usage.Jvm end() {
        PauseWatch.Extremes extremes = pauses.extremes();
        return new Usage.Jvm(
                rise(name -> !name.startsWith("RMI ") && !name.startsWith("JMX ")),
                rise(name -> name.startsWith("http-")),
                rise(name -> name.equals("batch-writer")),
                collections() - collectionsBefore,
                pauseMillis() - pauseMillisBefore,
                extremes.longestPauseMillis(),
                extremes.mostHeapBytes());
    }

    private long rise(Predicate<String> named) {
        return allocated(named).entrySet().stream()
                .mapToLong(now -> now.getValue() - allocatedBefore.getOrDefault(now.getKey(), 0L))
                .sum();
    }

    private Map<Long, Long> allocated(Predicate<String> named) {
        long[] ids = threads.getAllThreadIds();
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        Map<Long, Long> allocated = new HashMap<>();
        for (int index = 0; index < ids.length; index++) {
            boolean alive = infos[index] != null && bytes[index] >= 0;
            if (alive && named.test(infos[index].getThreadName())) {
                allocated.put(ids[index], bytes[index]);
            }
        }
        return allocated;
    }

    private long collections() {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private long pauseMillis() {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
