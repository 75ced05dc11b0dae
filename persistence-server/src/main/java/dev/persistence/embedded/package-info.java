/**
 * The try-out database: real MariaDB binaries, unpacked once, run as a child of this process on a port of the loopback
 * address. It is for trying the service and for tests, since a production service brings its own database.
 */
package dev.persistence.embedded;
