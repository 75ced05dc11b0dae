/**
 * Sends records to Persistence Service: {@link dev.persistence.client.PersistenceClient} buffers them and sends them in the
 * background. It knows the service by its HTTP only.
 */
package dev.persistence.client;
