/**
 * The store: rows to multi-row upserts, one transaction a flush, on MySQL and MariaDB. Knows the connections, the SQL,
 * what an error means and whether the real tables fit the declarations; decides nothing about when or what to write.
 */
package dev.persistence.mysql;
