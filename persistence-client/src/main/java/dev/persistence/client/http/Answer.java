package dev.persistence.client.http;

import java.util.List;
import java.util.Map;

/**
 * What the service answered.
 *
 * @param status of HTTP
 * @param problem the type of the problem, such as {@code /problems/draining}; empty where there is none
 * @param detail in words for people; empty where there are none
 * @param faults those of single records that are named
 * @param numbers all members that are whole numbers, such as {@code count}
 */
public record Answer(int status, String problem, String detail, List<Fault> faults, Map<String, Long> numbers) {

    /** Takes copies. */
    public Answer {
        faults = List.copyOf(faults);
        numbers = Map.copyOf(numbers);
    }

    /** A number of the answer, or 0. */
    public long number(String name) {
        return numbers.getOrDefault(name, 0L);
    }

    /** Whether the service is stopping, and so took nothing. */
    boolean isDraining() {
        return problem.equals("/problems/draining");
    }

    /** Status and words, for people. */
    public String words() {
        return detail.isEmpty() ? "status " + status : "status " + status + ": " + detail;
    }
}
