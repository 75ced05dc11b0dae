/**
 * What a table may hold after a history: every acknowledgement that clients received, held against the rows that are
 * there. It shares nothing with the code under test and knows no connection, process or thread.
 */
package dev.persistence.history.oracle;
