/**
 * The service as one JMX bean: what it is, how it is, and the operation that flushes. Its figures are beans of the
 * telemetry station.
 */
package dev.persistence.jmx;
