/** The service's settings for the benchmarks; in its package, so that nothing of it is opened for them. */
package dev.persistence;
