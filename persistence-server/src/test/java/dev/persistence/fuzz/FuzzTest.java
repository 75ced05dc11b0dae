package dev.persistence.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The fuzz targets without the fuzzer: their seeds, what was found, and random changes to both. */
class FuzzTest {

    private static final long CHANGING_NANOS = TimeUnit.MILLISECONDS.toNanos(Long.getLong("fuzz.millis", 300));

    @TestFactory
    Stream<DynamicContainer> anyInput_keepsTheProperties() {
        return FuzzTargets.BY_NAME.keySet().stream().map(FuzzTest::tests);
    }

    private static DynamicContainer tests(String name) {
        FuzzTarget target = FuzzTargets.named(name);
        List<DynamicNode> tests = new ArrayList<>();
        List<byte[]> all = new ArrayList<>();
        for (Map<String, byte[]> inputs : List.of(target.seeds(), KeptInputs.of(name))) {
            inputs.forEach((title, input) -> {
                tests.add(DynamicTest.dynamicTest(title, () -> target.take(input)));
                all.add(input);
            });
        }
        tests.add(DynamicTest.dynamicTest("random changes", () -> takeChanged(target, all)));
        return DynamicContainer.dynamicContainer(name, tests);
    }

    private static void takeChanged(FuzzTarget target, List<byte[]> inputs) {
        long seed = System.nanoTime();
        Mutations mutations = new Mutations(new Random(seed), inputs, target.words());
        for (long end = seed + CHANGING_NANOS; System.nanoTime() < end; ) {
            byte[] input = mutations.next();
            try {
                target.take(input);
            } catch (Exception | AssertionError found) {
                throw new AssertionError("seed " + seed + ", input " + Arrays.toString(input), found);
            }
        }
    }
}
