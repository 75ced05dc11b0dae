/**
 * What the benchmarks of single stations share: the records they measure with, the database servers, and the report.
 * The benchmarks themselves lie in the packages of the code they measure, so that nothing of it is opened for them.
 */
package dev.persistence.bench.stations;
