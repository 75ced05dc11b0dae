package dev.persistence.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.persistence.schema.ValueType.BooleanType;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTest {

    @ParameterizedTest
    @CsvSource({
        // required, default, filled by the table, then required
        "false,    , false, true",
        "false,    , true,  false",
        "false, 1, false, false",
        "false, 1, true,  false",
        "true,     , false, true",
        "true,     , true,  true"
    })
    void notNull_mustBeSentUnlessSomethingFillsIt(
            boolean required, String defaultValue, boolean filledByTable, boolean thenRequired) {
        Optional<String> value = Optional.ofNullable(defaultValue);
        Column column = new Column("c", new BooleanType(), required, !required && value.isEmpty(), value);
        Column notNull = column.notNull(filledByTable);
        assertEquals(thenRequired, notNull.required());
        assertFalse(notNull.nullable());
        assertEquals(value, notNull.defaultValue());
    }
}
