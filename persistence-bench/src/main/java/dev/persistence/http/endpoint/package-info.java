/** What is compared with the batch endpoint; in its package, so that nothing of it is opened for the comparison. */
package dev.persistence.http.endpoint;
