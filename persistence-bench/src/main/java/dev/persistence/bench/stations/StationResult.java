package dev.persistence.bench.stations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * One line of the table.
 *
 * @param station what was measured, such as {@code decode}
 * @param name which case of it, such as {@code json to ring}
 * @param nanos time a record
 * @param error half the width of its 99.9 % confidence interval, NaN where there were too few iterations
 * @param perSecond records a second, in all threads
 * @param bytes allocated a record
 * @param refused share of the tries that found no room, where that was counted
 */
public record StationResult(
        String station,
        String name,
        double nanos,
        double error,
        double perSecond,
        double bytes,
        OptionalDouble refused) {

    /** The parameter of benchmarks on a server that says how many rows their table begins with. */
    public static final String TABLE_ROWS_PARAMETER = "tableRows";

    private static final String CLASS_SUFFIX = "Benchmark";

    /** Reads what JMH measured; all benchmarks of the stations are in its mode of average time. */
    public static StationResult of(BenchmarkResult result) {
        BenchmarkParams params = result.getParams();
        double unitNanos = TimeUnit.NANOSECONDS.convert(1, params.getTimeUnit());
        Result<?> time = result.getPrimaryResult();
        double nanos = time.getScore() * unitNanos;
        return new StationResult(
                station(params.getBenchmark()),
                name(params),
                nanos,
                time.getScoreError() * unitNanos,
                params.getThreads() * TimeUnit.SECONDS.toNanos(1) / nanos,
                secondary(result, "gc.alloc.rate.norm").orElse(Double.NaN),
                refused(result));
    }

    private static OptionalDouble refused(BenchmarkResult result) {
        OptionalDouble claims = secondary(result, "claims");
        return claims.isPresent() && claims.getAsDouble() > 0
                ? OptionalDouble.of(secondary(result, "refused").orElse(0) / claims.getAsDouble())
                : OptionalDouble.empty();
    }

    private static OptionalDouble secondary(BenchmarkResult result, String label) {
        Result<?> found = result.getSecondaryResults().get(label);
        return found == null ? OptionalDouble.empty() : OptionalDouble.of(found.getScore());
    }

    private static String station(String benchmark) {
        String type = benchmark.substring(0, benchmark.lastIndexOf('.'));
        String simple = type.substring(type.lastIndexOf('.') + 1);
        return words(
                simple.endsWith(CLASS_SUFFIX) ? simple.substring(0, simple.length() - CLASS_SUFFIX.length()) : simple);
    }

    /** Method and parameters; a method of its station's name, and a parameter of that name, go without saying. */
    private static String name(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        String station = station(benchmark);
        String method = words(benchmark.substring(benchmark.lastIndexOf('.') + 1));
        List<String> parts = new ArrayList<>(method.equals(station) ? List.of() : List.of(method));
        for (String key : params.getParamsKeys()) {
            if (key.equals(TABLE_ROWS_PARAMETER)) {
                continue; // the same in all, so it stands above the table
            }
            String value = params.getParam(key);
            boolean constant = value.equals(value.toUpperCase(Locale.ROOT));
            String word = constant ? value.toLowerCase(Locale.ROOT) : value;
            parts.add(constant && !key.equals(station) ? word + " " + key : word);
        }
        return String.join(", ", parts);
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
