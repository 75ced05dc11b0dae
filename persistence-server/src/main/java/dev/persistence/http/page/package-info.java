/**
 * The status page for browsers: one document that asks nothing of any other address and says so in its policy. What it
 * shows comes from the status endpoint; here is only the document, and who is given it.
 */
package dev.persistence.http.page;
