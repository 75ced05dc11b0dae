/** What is sent: requests by lane, made up or recorded. Knows nothing of how, or to what, they are sent. */
package dev.persistence.bench.workload;
