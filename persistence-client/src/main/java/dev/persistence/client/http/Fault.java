package dev.persistence.client.http;

/**
 * What the service says is wrong with one record.
 *
 * @param index the record's place in the request, from 0
 * @param detail the member, where one is to blame, and what is expected
 */
public record Fault(int index, String detail) {}
