/** Benchmarks of the ring; in its package, so that nothing of it is opened for them. */
package dev.persistence.ring;
