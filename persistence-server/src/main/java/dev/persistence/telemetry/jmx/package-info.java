/**
 * The figures of the registry as JMX beans. Their object names are what operators' tools keep, so they are those of {@link
 * dev.persistence.telemetry.registry.Family}.
 */
package dev.persistence.telemetry.jmx;
