/**
 * The figures of the registry, and those of the JVM, as Prometheus reads them. Pages are written on a thread of their own,
 * so that no event loop waits for one.
 */
package dev.persistence.telemetry.prometheus;
