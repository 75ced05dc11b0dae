/** The records that wait, within bounds, and the counts of all others. Nothing here does any input or output. */
package dev.persistence.client.buffer;
