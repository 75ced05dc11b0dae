/**
 * The service as a whole: its configuration, its command line, and the one place that wires its stations together. They
 * are opened in the order of the flow from its far end, and closed in reverse.
 */
package dev.persistence;
