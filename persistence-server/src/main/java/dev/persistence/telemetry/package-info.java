/**
 * What the flow reports about itself: the verbs of the pipeline, counted, timed and published over JMX. Imports nothing
 * of ours, so that every station can report without knowing who listens.
 */
package dev.persistence.telemetry;
