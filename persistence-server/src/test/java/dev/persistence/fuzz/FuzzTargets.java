package dev.persistence.fuzz;

import dev.persistence.decode.NumberFuzz;
import dev.persistence.decode.TimestampFuzz;
import dev.persistence.fuzz.decode.DecoderFuzz;
import dev.persistence.fuzz.http.ConnectionFuzz;
import dev.persistence.fuzz.http.RequestFuzz;
import dev.persistence.mysql.StatementFuzz;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All targets by name. */
final class FuzzTargets {

    static final Map<String, Supplier<FuzzTarget>> BY_NAME = new TreeMap<>();

    static {
        BY_NAME.put("connection", ConnectionFuzz::new);
        BY_NAME.put("decoder", DecoderFuzz::new);
        BY_NAME.put("numbers", NumberFuzz::new);
        BY_NAME.put("requests", RequestFuzz::new);
        BY_NAME.put("statements", StatementFuzz::new);
        BY_NAME.put("timestamps", TimestampFuzz::new);
    }

    private FuzzTargets() {}

    static FuzzTarget named(String name) {
        Supplier<FuzzTarget> target = BY_NAME.get(name);
        if (target == null) {
            throw new IllegalArgumentException("fuzz.target: " + name + " (expected one of " + BY_NAME.keySet() + ")");
        }
        return target.get();
    }
}
