package dev.persistence.history.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A seed is enough to run a history again. */
class PlanMakerTest {

    @Test
    void sameSeed_isTheSamePlan() {
        assertEquals(PlanMaker.history(7), PlanMaker.history(7));
        assertNotEquals(PlanMaker.history(7), PlanMaker.history(8));
    }

    @Test
    void seeds_reachEveryFaultAndBothNumbersOfInstances() {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        boolean[] instances = new boolean[3];
        for (int seed = 0; seed < 200; seed++) {
            Plan plan = PlanMaker.history(seed);
            plan.faults().forEach(fault -> kinds.add(fault.kind()));
            instances[plan.instances()] = true;
        }
        assertEquals(EnumSet.allOf(FaultKind.class), kinds);
        assertEquals(true, instances[1] && instances[2]);
    }
}
