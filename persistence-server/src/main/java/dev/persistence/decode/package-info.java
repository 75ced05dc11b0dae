/**
 * JSON to slots: checks a whole request body against its record type, and puts its records onto the ring, all or none.
 * Runs on event loops, so it never waits and keeps its scratch space from request to request.
 */
package dev.persistence.decode;
