/**
 * The form of log lines, and their level while the service runs. What is logged, and where to, is said in {@code
 * logback.xml}.
 */
package dev.persistence.logging;
