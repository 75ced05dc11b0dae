/**
 * The service as a whole: its settings, its command line, and the one place that wires its stations together. Opened in
 * the order of the flow from its far end, closed in reverse.
 */
package dev.persistence;
