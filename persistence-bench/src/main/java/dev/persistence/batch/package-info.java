/** Benchmarks of merging and sorting; in their package, so that nothing of it is opened for them. */
package dev.persistence.batch;
