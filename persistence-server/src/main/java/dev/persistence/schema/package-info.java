/**
 * What is stored: the record types, their columns and their limits, read from declarations. Everything that depends on
 * the shape of a record (decoder, SQL, OpenAPI, metric names) derives from here, and nothing here knows of the rest.
 */
package dev.persistence.schema;
