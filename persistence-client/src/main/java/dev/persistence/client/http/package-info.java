/** Requests to the service and its answers. Each exchange ends in its time, with an answer or a reason. */
package dev.persistence.client.http;
