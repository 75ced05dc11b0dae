/**
 * Faults on purpose: a proxy that breaks connections, and databases and services as processes that can be stopped, killed
 * and started again. The tests here say what becomes of the records when these break.
 */
package dev.persistence.fault;
