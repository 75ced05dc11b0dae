/**
 * What the flow reports about itself: the verbs of the pipeline, counted, timed, and published over JMX and to Prometheus.
 * Nothing here knows of the rest, so every station can report without knowing who listens.
 */
package dev.persistence.telemetry;
