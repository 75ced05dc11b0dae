/**
 * Servers to compare the service with: parts of it, and the way most people would write it. Each listens on a free port
 * of the loopback address and takes the requests that the service takes.
 */
package dev.persistence.bench.serve;
