package dev.persistence.jmx;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's bean among those of the process, for as long as the service runs. */
public final class Registration implements AutoCloseable {

    /** The bean's object name. */
    public static final String NAME = "persistence:type=Service";

    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final boolean own;

    private Registration(boolean own) {
        this.own = own;
    }

    /** Registers a bean. Where another service of the process has registered its own, that one stays. */
    public static Registration of(ServiceBean bean) {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(bean, name());
            return new Registration(true);
        } catch (InstanceAlreadyExistsException another) {
            LOG.info("{} is the bean of another service of this process", NAME);
            return new Registration(false);
        } catch (JMException impossible) {
            throw new IllegalStateException("the bean cannot be registered", impossible);
        }
    }

    /** Whether the bean is registered. */
    boolean own() {
        return own;
    }

    private static ObjectName name() throws JMException {
        return new ObjectName(NAME);
    }

    @Override
    public void close() {
        if (!own) {
            return;
        }
        try {
            beans.unregisterMBean(name());
        } catch (InstanceNotFoundException gone) {
            LOG.debug("the bean was gone already", gone);
        } catch (JMException impossible) {
            throw new IllegalStateException("the bean cannot be unregistered", impossible);
        }
    }
}
