package dev.persistence.client.http;

import java.util.List;
import java.util.Map;

/**
 * What the service answered.
 *
 * @param status of HTTP
 * @param detail in words for people; empty where there are none
 * @param faults those of single records that are named
 * @param numbers all members that are whole numbers, such as {@code count}
 */
public record Answer(int status, String detail, List<Fault> faults, Map<String, Long> numbers) {

    /** Takes copies. */
    public Answer {
        faults = List.copyOf(faults);
        numbers = Map.copyOf(numbers);
    }

    /** A number of the answer, or 0. */
    public long number(String name) {
        return numbers.getOrDefault(name, 0L);
    }

    /** Whether every fault that the service found is among those it names. */
    public boolean namesAllFaults() {
        return !faults.isEmpty() && number("error_count") <= faults.size();
    }

    /** Status and words, for people. */
    public String words() {
        return detail.isEmpty() ? "status " + status : "status " + status + ": " + detail;
    }
}
