package dev.persistence.fuzz;

/** What Jazzer calls, by these names. The property {@code fuzz.target} names the target. */
public final class JazzerEntry {

    private static FuzzTarget target; // owned by the fuzzer's only thread

    private JazzerEntry() {}

    public static void fuzzerInitialize() {
        target = FuzzTargets.named(System.getProperty("fuzz.target", ""));
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        target.take(input);
    }
}
