package dev.persistence.fuzz.decode;

import dev.persistence.fuzz.decode.JsonModel.Kind;
import dev.persistence.fuzz.decode.JsonModel.Value;
import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.ValueType.BooleanType;
import dev.persistence.schema.ValueType.DecimalType;
import dev.persistence.schema.ValueType.IntegerType;
import dev.persistence.schema.ValueType.JsonType;
import dev.persistence.schema.ValueType.StringType;
import dev.persistence.schema.ValueType.TextType;
import dev.persistence.schema.ValueType.TimestampType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The contract's values, said once more: one record as a JSON object, to what its slot must hold. */
public final class RecordModel {

    /** What a slot must hold: values by column, null where NULL; the row times of the record, if it carries them. */
    record Stored(Map<String, String> values, OptionalLong changeMicros, OptionalLong creationMicros) {}

    /** What was read: the slot's content, the columns at fault, and how many members are unknown. */
    record Read(Stored stored, List<String> faults, int unknown) {}

    private final RecordType type;
    private final ZoneId naiveTimeZone;

    public RecordModel(RecordType type, ZoneId naiveTimeZone) {
        this.type = type;
        this.naiveTimeZone = naiveTimeZone;
    }

    Read read(Value object) {
        Map<String, Value> members = new LinkedHashMap<>();
        int unknown = 0;
        for (int member = 0; member < object.names().size(); member++) {
            String name = object.names().get(member);
            boolean known =
                    type.columns().stream().anyMatch(column -> column.name().equals(name));
            unknown += known ? 0 : 1;
            members.put(name, object.parts().get(member)); // the last one counts
        }
        Map<String, String> values = new LinkedHashMap<>();
        OptionalLong[] rowTimes = {OptionalLong.empty(), OptionalLong.empty()};
        List<String> faults = new ArrayList<>();
        for (int index = 0; index < type.columns().size(); index++) {
            Column column = type.columns().get(index);
            Value value = members.get(column.name());
            boolean fits = type.isRowTime(index)
                    ? rowTime(value, type.timestamp(index), rowTimes, index == type.changeTime() ? 0 : 1)
                    : value(value, column, values);
            if (!fits) {
                faults.add(column.name());
            }
        }
        return new Read(new Stored(values, rowTimes[0], rowTimes[1]), faults, unknown);
    }

    /** A row time is never missing: absent or null, it is the moment of arrival. */
    private boolean rowTime(Value value, TimestampType time, OptionalLong[] rowTimes, int which) {
        if (value == null || isNull(value)) {
            return true;
        }
        rowTimes[which] = moment(value, time);
        return rowTimes[which].isPresent();
    }

    private boolean value(Value value, Column column, Map<String, String> values) {
        if (value == null) {
            return !column.required();
        }
        if (isNull(value)) {
            values.put(column.name(), column.defaultValue().orElse(null));
            return column.defaultValue().isPresent() || column.nullable();
        }
        Optional<String> stored = stored(value, column);
        stored.ifPresent(text -> values.put(column.name(), text));
        return stored.isPresent();
    }

    private static boolean isNull(Value value) {
        return value.kind() == Kind.WORD && value.text().equals("null");
    }

    private Optional<String> stored(Value value, Column column) {
        boolean inString = value.kind() == Kind.STRING;
        boolean numeric = inString || value.kind() == Kind.NUMBER;
        if (column.type() instanceof StringType string) {
            return text(value).filter(text -> {
                int characters = text.codePointCount(0, text.length());
                return characters <= string.length() && (characters > 0 || !string.notEmpty());
            });
        } else if (column.type() instanceof TextType limit) {
            return text(value).filter(text -> bytes(text) <= limit.bytes());
        } else if (column.type() instanceof IntegerType integer) {
            return numeric ? NumberModel.integer(value.text(), inString, integer) : Optional.empty();
        } else if (column.type() instanceof DecimalType decimal) {
            return numeric ? NumberModel.decimal(value.text(), inString, decimal) : Optional.empty();
        } else if (column.type() instanceof BooleanType) {
            return value.kind() == Kind.WORD ? Optional.of(value.text().equals("true") ? "1" : "0") : Optional.empty();
        } else if (column.type() instanceof TimestampType time) {
            OptionalLong micros = moment(value, time);
            return micros.isPresent()
                    ? Optional.of(MomentModel.text(micros.getAsLong(), time.fractionDigits()))
                    : Optional.empty();
        }
        return json(value, (JsonType) column.type());
    }

    private static Optional<String> text(Value value) {
        return value.kind() == Kind.STRING && !value.loneSurrogate() ? Optional.of(value.text()) : Optional.empty();
    }

    private static Optional<String> json(Value value, JsonType limit) {
        boolean fits = value.depth() > 0
                && value.depth() <= limit.depth()
                && !value.loneSurrogate()
                && bytes(value.compact()) <= limit.bytes()
                && !(limit.doubleNumbers() && value.beyondDouble());
        return fits ? Optional.of(value.compact()) : Optional.empty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private OptionalLong moment(Value value, TimestampType time) {
        if (value.kind() != Kind.STRING) {
            return OptionalLong.empty();
        }
        OptionalLong micros = MomentModel.micros(value.text(), naiveTimeZone);
        boolean fits = micros.isPresent()
                && micros.getAsLong() >= time.earliestMicros()
                && micros.getAsLong() <= time.latestMicros();
        return fits ? OptionalLong.of(time.cut(micros.getAsLong())) : OptionalLong.empty();
    }
}
