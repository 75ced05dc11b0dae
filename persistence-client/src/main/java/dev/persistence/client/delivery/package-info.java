/** The thread that takes records out of the buffer and sends them, and what it says of those that it had to drop. */
package dev.persistence.client.delivery;
