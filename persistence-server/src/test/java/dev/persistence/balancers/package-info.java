/**
 * Three processes of the service on one database behind a real nginx and a real HAProxy, with the configurations that are
 * delivered. What clients were told is held against the rows, while instances are killed, stopped and started.
 */
package dev.persistence.balancers;
