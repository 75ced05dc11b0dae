/**
 * The status page for browsers: one document that asks nothing of any other address and says so in its policy. What it
 * shows comes from the status endpoint.
 */
package dev.persistence.http.page;
