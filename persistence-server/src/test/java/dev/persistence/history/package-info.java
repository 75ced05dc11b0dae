/**
 * Random histories with faults: real services on a real database behind proxies that break connections, and a table that
 * must be what the clients were told. One seed is one history, which can be run again.
 */
package dev.persistence.history;
