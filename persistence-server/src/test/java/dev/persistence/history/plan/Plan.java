package dev.persistence.history.plan;

import java.util.List;

/**
 * One history.
 *
 * @param settings of each instance, as environment variables with values, in turn
 * @param lanes one for each client
 * @param faults one after another, beside the clients
 */
public record Plan(long seed, List<List<String>> settings, List<Lane> lanes, List<PlannedFault> faults) {

    public Plan {
        settings = List.copyOf(settings);
        lanes = List.copyOf(lanes);
        faults = List.copyOf(faults);
    }

    /**
     * What one client does.
     *
     * @param instance to which it is connected
     * @param probe whether it sends new keys only, sessions and tasks in turn
     */
    public record Lane(int instance, boolean probe, List<Step> steps) {

        public Lane {
            steps = List.copyOf(steps);
        }
    }

    public int instances() {
        return settings.size();
    }
}
