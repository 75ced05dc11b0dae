package dev.persistence.bench.workload;

/**
 * The requests of one run, in lanes. The requests of a lane are to be sent one after another, each when the one before
 * is answered; lanes are independent of each other. A workload is used up by its run.
 */
public interface Workload {

    /** How many lanes there are: the connections that a sender needs. */
    int lanes();

    /**
     * The next request of a lane. Each lane is asked by one thread; different lanes may be asked by different threads.
     *
     * <p>The body's array may be used again for the lane's next request, so whoever asks for that one is done with this
     * one: it is answered, or copied.
     *
     * @param lane from 0 to {@link #lanes()} - 1
     * @return null at the lane's end
     */
    Request next(int lane);
}
