/** The load generator: sends a workload to a service, and says what came of it. It knows only HTTP and the workload. */
package dev.persistence.bench.load;
