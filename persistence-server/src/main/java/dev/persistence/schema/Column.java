package dev.persistence.schema;

import java.util.Optional;

/**
 * One column of a record type, and the JSON member of the same name.
 *
 * @param name letters, digits and underscores; also the name of the JSON member
 * @param type its type and limits
 * @param required whether every record must carry it
 * @param nullable whether {@code null} clears it; never true for a required column or one with a default
 * @param defaultValue what an absent field means on insert and {@code null} means always, in the form a slot stores it
 */
public record Column(String name, ValueType type, boolean required, boolean nullable, Optional<String> defaultValue) {

    /** This column with another type, as a real table narrows it. */
    public Column withType(ValueType narrower) {
        return new Column(name, narrower, required, nullable, defaultValue);
    }

    /** This column where the table takes no NULL: an absent field is allowed only if something fills it. */
    public Column notNull(boolean filledByTable) {
        boolean mustBeSent = required || (defaultValue.isEmpty() && !filledByTable);
        return new Column(name, type, mustBeSent, false, defaultValue);
    }
}
