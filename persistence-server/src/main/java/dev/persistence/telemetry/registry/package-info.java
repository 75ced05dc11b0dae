/**
 * Every figure of the service once, in one Dropwizard registry, from which JMX and Prometheus are both fed. Figures are
 * kept in fixed buckets and counters, so that those of several instances add up.
 */
package dev.persistence.telemetry.registry;
