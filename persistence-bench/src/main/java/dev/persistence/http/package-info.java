/**
 * What is compared with the HTTP station; in its package, so that it stands on the same transport and pipeline and
 * nothing of them is opened for it.
 */
package dev.persistence.http;
