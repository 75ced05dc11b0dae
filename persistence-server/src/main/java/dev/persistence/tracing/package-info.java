/**
 * What the flow says of requests and flushes to whoever follows them from outside: a few interfaces that know no library
 * and cost nothing while tracing is off. What becomes of it is the affair of {@code tracing.export}.
 */
package dev.persistence.tracing;
