/**
 * What is measured, and on what: databases of the benchmarks' own, and servers as child processes. It knows nothing of
 * loads and figures, so that every command starts the same things in the same way.
 */
package dev.persistence.bench.target;
