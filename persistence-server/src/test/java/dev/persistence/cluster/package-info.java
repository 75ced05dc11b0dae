/**
 * The service on a real cluster of three database nodes that are killed, stopped and started again under load. The oracle of
 * the histories says whether the rows are what the clients were told; the tests run alone, with {@code mvn verify -Pcluster}.
 */
package dev.persistence.cluster;
