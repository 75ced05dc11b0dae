/**
 * The consumer thread: gathers records from the ring until a threshold fires, merges and sorts them into rows, and hands
 * each batch to the store. It decides when and what to write; how a row reaches the database is the store's affair.
 */
package dev.persistence.batch;
