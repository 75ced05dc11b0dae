package dev.persistence.history.oracle;

/**
 * A record that was sent once, and what came of it. Times are the wall clock's, in microseconds: clients and services
 * of a history run on one machine, so that a record's arrival lies between the two.
 *
 * @param life which process of which instance it was sent to
 * @param connection the client's connection, counted over the whole history
 * @param place its place among all records sent over that connection
 * @param sent before its first byte left
 * @param answered after the answer was read; {@link Long#MAX_VALUE} without one
 */
public record Sending(Item item, Life life, int connection, int place, long sent, long answered, Outcome outcome) {

    /**
     * One process of an instance.
     *
     * @param number counts the processes that were one after another this instance
     */
    public record Life(int instance, int number) {}

    /** Whether its arrival order is known to be before the other's at the same instance. */
    boolean arrivesBefore(Sending other) {
        if (life.instance() != other.life.instance()) {
            return false;
        }
        if (connection == other.connection) {
            return place < other.place;
        }
        return life.number() < other.life.number() || (life.equals(other.life) && answered < other.sent);
    }
}
