package dev.persistence.history.plan;

import dev.persistence.history.oracle.Shape;
import dev.persistence.history.plan.Step.Batch;
import dev.persistence.history.plan.Step.Form;
import dev.persistence.history.plan.Step.Manner;
import dev.persistence.history.plan.Step.Wrong;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws plans from seeds. */
public final class PlanMaker {

    /** More records than this in a request are refused, by a setting of every history. */
    public static final int MOST_RECORDS = 50;

    private static final int[] FLUSH_MILLIS = {20, 50, 200, 1000, 30_000};
    private static final int[] BUFFER_SIZES = {1, 3, 10, 25, 1000};
    private static final int[] RING_SIZES = {64, 256, 4096};

    private final Random random;
    private final long seed;
    private final String prefix;

    private PlanMaker(long seed, String prefix) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.seed = seed;
        this.prefix = prefix;
    }

    /** A history of one or two instances that are its own, with faults of all kinds; it lasts about a second and a half. */
    public static Plan history(long seed) {
        PlanMaker maker = new PlanMaker(seed, "");
        int instances = maker.random.nextInt(3) == 0 ? 2 : 1;
        List<List<String>> settings = new ArrayList<>();
        for (int instance = 0; instance < instances; instance++) {
            settings.add(maker.settings());
        }
        return maker.plan(settings, 1 + maker.random.nextInt(3), Set.of(FaultKind.values()));
    }

    /** One round of a longer run against one instance that is there; its keys begin with the prefix. */
    public static Plan round(long seed, String prefix, Set<FaultKind> kinds) {
        return new PlanMaker(seed, prefix).plan(List.of(List.of()), 2, kinds);
    }

    private List<String> settings() {
        return List.of(
                "MAX_BUFFER_SIZE",
                Integer.toString(BUFFER_SIZES[random.nextInt(BUFFER_SIZES.length)]),
                "FLUSH_INTERVAL",
                FLUSH_MILLIS[random.nextInt(FLUSH_MILLIS.length)] + "ms",
                "RING_SIZE",
                Integer.toString(RING_SIZES[random.nextInt(RING_SIZES.length)]));
    }

    private Plan plan(List<List<String>> settings, int faults, Set<FaultKind> kinds) {
        List<Plan.Lane> lanes = new ArrayList<>();
        int writers = 3 + random.nextInt(3);
        for (int lane = 0; lane < writers; lane++) {
            lanes.add(new Plan.Lane(lane % settings.size(), false, steps(new ItemMaker(random, prefix, lane))));
        }
        for (int instance = 0; instance < settings.size(); instance++) {
            lanes.add(new Plan.Lane(instance, true, probe(new ItemMaker(random, prefix, writers + instance))));
        }
        List<FaultKind> all = kinds.stream().sorted().toList();
        List<PlannedFault> drawn = new ArrayList<>();
        for (int fault = 0; fault < faults; fault++) {
            FaultKind kind = all.get(random.nextInt(all.size()));
            drawn.add(new PlannedFault(
                    kind,
                    random.nextInt(settings.size()),
                    random.nextInt(150),
                    50 + random.nextInt(450),
                    random.nextInt(1000)));
        }
        return new Plan(seed, settings, lanes, drawn);
    }

    private List<Step> steps(ItemMaker items) {
        List<Step> steps = new ArrayList<>();
        int count = 10 + random.nextInt(15);
        for (int step = 0; step < count; step++) {
            steps.add(step(items));
            steps.add(new Step.Pause(random.nextInt(120)));
        }
        return steps;
    }

    private Step step(ItemMaker items) {
        int choice = random.nextInt(20);
        if (choice < 11) {
            return batch(items, manner());
        } else if (choice < 14) {
            return pipeline(items);
        } else if (choice < 17) {
            return new Step.Flush();
        } else if (choice < 18) {
            return new Step.Poison(items.poison());
        }
        Shape shape = shape();
        return new Step.Refusable(shape, items.draw(shape, 1 + random.nextInt(3)), pick(Wrong.values()));
    }

    private Step pipeline(ItemMaker items) {
        List<Batch> batches = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int batch = 0; batch < count; batch++) {
            batches.add(batch(items, Manner.AT_ONCE));
        }
        return new Step.Pipeline(batches);
    }

    private Batch batch(ItemMaker items, Manner manner) {
        Shape shape = shape();
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 4);
        return new Batch(
                shape,
                items.draw(shape, count),
                random.nextInt(3) == 0,
                pick(Form.values()),
                manner,
                random.nextBoolean());
    }

    /** New keys, sessions and tasks in turn, in requests so small that the order of the ring is known. */
    private List<Step> probe(ItemMaker items) {
        List<Step> steps = new ArrayList<>();
        int count = 15 + random.nextInt(20);
        for (int step = 0; step < count; step++) {
            List<Batch> batches = new ArrayList<>();
            for (int pair = 0; pair < 4; pair++) {
                for (Shape shape : Shape.values()) {
                    batches.add(new Batch(shape, List.of(items.fresh(shape)), false, Form.JSON, Manner.AT_ONCE, false));
                }
            }
            steps.add(new Step.Pipeline(batches));
            steps.add(new Step.Pause(random.nextInt(80)));
        }
        return steps;
    }

    private Manner manner() {
        int choice = random.nextInt(12);
        return choice == 0 ? Manner.SLOWLY : choice == 1 ? Manner.CUT : choice == 2 ? Manner.DESERTED : Manner.AT_ONCE;
    }

    private Shape shape() {
        return random.nextInt(3) == 0 ? Shape.SESSIONS : Shape.TASKS;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
