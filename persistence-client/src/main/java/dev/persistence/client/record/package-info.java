/** Records as JSON, made on the thread of whoever sends them. Knows nothing of buffers and HTTP. */
package dev.persistence.client.record;
