/**
 * Sends files of dead-lettered records to a running service again, over HTTP, and says line by line what was refused. A
 * client like any other: it knows the service by its answers only.
 */
package dev.persistence.resend;
