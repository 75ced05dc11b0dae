/** Clients that do what a plan says over connections that may break, and note what they were told. */
package dev.persistence.history.client;
