package dev.persistence.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A record in the making, with setters for the types that columns have. It is a map, as any map can be a record; unlike
 * {@code Map.of} it takes null, which clears a column, and any number of fields. A field that is not set keeps the column's
 * value. One thread.
 *
 * <pre>{@code client.send("tasks", new Fields().set("task_id", "t-1").set("row_index", 1).clear("error_message"));}</pre>
 */
public final class Fields extends AbstractMap<String, Object> {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Without any field. */
    public Fields() {}

    /** A text; null clears the column. */
    public Fields set(String name, String value) {
        return with(name, value);
    }

    /** A whole number. */
    public Fields set(String name, long value) {
        return with(name, value);
    }

    /** A number. One that is infinite or none at all cannot be sent: the record will be dropped. */
    public Fields set(String name, double value) {
        return with(name, value);
    }

    /** A number with all its digits; null clears the column. */
    public Fields set(String name, BigDecimal value) {
        return with(name, value);
    }

    /** True or false. */
    public Fields set(String name, boolean value) {
        return with(name, value);
    }

    /** The name of a constant; null clears the column. */
    public Fields set(String name, Enum<?> value) {
        return with(name, value);
    }

    /** A moment, sent in UTC with microseconds; null clears the column. */
    public Fields set(String name, Instant value) {
        return with(name, value);
    }

    /** A moment, sent in UTC with microseconds; null clears the column. */
    public Fields set(String name, OffsetDateTime value) {
        return with(name, value);
    }

    /** A date and time, which the service takes to be in its {@code naive-time-zone}; null clears the column. */
    public Fields set(String name, LocalDateTime value) {
        return with(name, value);
    }

    /** A JSON object, for a column of the type {@code json}; null clears the column. */
    public Fields set(String name, Map<String, ?> value) {
        return with(name, value);
    }

    /** A JSON array, for a column of the type {@code json}; null clears the column. */
    public Fields set(String name, Collection<?> value) {
        return with(name, value);
    }

    /** Clears a column: sends null. */
    public Fields clear(String name) {
        return with(name, null);
    }

    private Fields with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    @Override
    public Object put(String name, Object value) {
        return values.put(name, value);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return values.entrySet();
    }
}
