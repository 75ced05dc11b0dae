/**
 * Which host of a URL with several is written to: found anew for every connection, so that each has a session of its own.
 * Knows the driver's URLs and nothing of pools, statements or records.
 */
package dev.persistence.mysql.hosts;
