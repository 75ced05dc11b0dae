/**
 * How long the packaged service takes from its start to the first request that it accepts. Measured from outside, on a
 * database that has its tables already.
 */
package dev.persistence.bench.start;
