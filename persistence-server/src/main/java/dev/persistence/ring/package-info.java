/**
 * The only meeting point of threads: event loops claim, fill and publish slots, and one consumer reads them in order.
 * A record lives in its slot from the claim until its commit; there is no other buffer.
 */
package dev.persistence.ring;
