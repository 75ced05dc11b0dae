/**
 * One run of a workload against a service, with everything around it measured. It joins generator, probes and database
 * for the commands and comparisons, which only say what is to be run.
 */
package dev.persistence.bench.measure;
