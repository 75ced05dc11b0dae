/** Benchmarks of statements and flushes; in their package, so that nothing of it is opened for them. */
package dev.persistence.mysql;
