package dev.persistence.mysql;

import java.util.Locale;

/**
 * A column as the server describes it.
 *
 * @param name in the table's own spelling
 * @param dataType in lower case, such as {@code varchar}
 * @param columnType in full, such as {@code int(10) unsigned}
 * @param nullable whether it takes NULL
 * @param hasDefault whether the server fills it where an insert leaves it out (default or auto_increment)
 * @param generated whether it is computed and cannot be written
 * @param extra what else the server says of it, in lower case, such as {@code on update current_timestamp}
 * @param characters most characters of a text, or 0
 * @param bytes most bytes of a text, or 0
 * @param precision digits of a number, or 0
 * @param scale digits behind its point, or 0
 * @param fractionDigits digits of a second, or 0
 * @param charset the character set of a text, or null
 * @param collation how a text compares, or null
 * @param jsonChecked whether a check constraint wants valid JSON
 */
record TableColumn(
        String name,
        String dataType,
        String columnType,
        boolean nullable,
        boolean hasDefault,
        boolean generated,
        String extra,
        long characters,
        long bytes,
        int precision,
        int scale,
        int fractionDigits,
        String charset,
        String collation,
        boolean jsonChecked) {

    boolean unsigned() {
        return columnType.toLowerCase(Locale.ROOT).contains("unsigned");
    }

    /** Whether a record that does not name it can still be inserted. */
    boolean fillsItself() {
        return nullable || hasDefault || generated;
    }

    /** For messages: {@code varchar(40) latin1 NOT NULL}. */
    String describe() {
        return columnType
                + (charset == null || charset.equals("utf8mb4") ? "" : " " + charset)
                + (generated ? " generated" : "")
                + (nullable ? "" : " NOT NULL");
    }
}
