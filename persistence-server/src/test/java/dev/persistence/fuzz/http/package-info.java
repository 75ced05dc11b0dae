/**
 * Whole HTTP conversations of any bytes, cut anywhere, over the service's own pipeline. What is answered must be well
 * formed, must not depend on the cuts, and where the requests are well formed must be what the contract says.
 */
package dev.persistence.fuzz.http;
