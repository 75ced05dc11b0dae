/** The command line of the benchmarks. One class a command; what they measure with lies in the packages below. */
package dev.persistence.bench;
