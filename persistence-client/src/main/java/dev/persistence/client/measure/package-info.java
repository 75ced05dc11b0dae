/** What can be seen of a client from outside: its counts, its hooks for metrics, and why it drops records. */
package dev.persistence.client.measure;
