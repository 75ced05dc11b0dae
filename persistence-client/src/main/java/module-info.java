/** The Java client of Persistence Service: {@code dev.persistence.client.PersistenceClient} is where to begin. */
module dev.persistence.client {
    requires com.fasterxml.jackson.core;
    requires transitive java.net.http;

    exports dev.persistence.client;
    exports dev.persistence.client.measure;
}
