/**
 * The service as operators' tools see it: scraped, read over JMX, watched by a real Prometheus, and held against the alert
 * rules, the dashboard and the guide that are delivered with it. Nothing here knows the service from within, other than to
 * start it.
 */
package dev.persistence.monitoring;
