/**
 * The ways without this service, to compare it with: the best plain JDBC loop, one statement a record, one transaction a
 * request. They write the same records with the service's own upsert, so that what differs is the way alone.
 */
package dev.persistence.bench.reference;
