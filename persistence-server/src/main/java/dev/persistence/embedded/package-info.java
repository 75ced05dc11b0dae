/**
 * The try-out database: real MariaDB binaries, unpacked once, run as a child of this process on a port of the loopback
 * address. For trying the service and for tests; a production service brings its own database. Imports nothing of ours.
 */
package dev.persistence.embedded;
