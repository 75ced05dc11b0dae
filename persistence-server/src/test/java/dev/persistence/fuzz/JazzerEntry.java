package dev.persistence.fuzz;

/** What Jazzer calls, by these names. The property {@code fuzz.target} names the target. */
public final class JazzerEntry {

    private static FuzzTarget target; // owned by the fuzzer's only thread

    private JazzerEntry() {}

    /** The seeds once, so that the loading of classes does not count as a hang of the first input. */
    public static void fuzzerInitialize() throws Exception {
        target = FuzzTargets.named(System.getProperty("fuzz.target", ""));
        for (byte[] seed : target.seeds().values()) {
            target.take(seed);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        target.take(input);
    }
}
