package dev.persistence.fuzz;

import java.util.Map;

/** Something that takes any bytes. It is made once and fed from one thread, one input after another. */
public interface FuzzTarget {

    /** Inputs to begin with, by readable names. */
    Map<String, byte[]> seeds();

    /** Words that mean something to it; the fuzzer puts them into its inputs. */
    String[] words();

    /** Bytes of the longest input that is worth the time. */
    default int longestInput() {
        return 2048;
    }

    /**
     * Feeds one input.
     *
     * @throws AssertionError where a property does not hold; any other exception is a finding too
     */
    void take(byte[] input) throws Exception;
}
