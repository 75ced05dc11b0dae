/**
 * Request bodies of any bytes, and a model of the contract that says what must become of them. The model shares no code
 * with the service and is written for being read, not for speed.
 */
package dev.persistence.fuzz.decode;
