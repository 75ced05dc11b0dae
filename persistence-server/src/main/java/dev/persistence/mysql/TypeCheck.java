package dev.persistence.mysql;

import dev.persistence.schema.Column;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.ValueType;
import dev.persistence.schema.ValueType.IntegerType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds one record type against its table; gathers what cannot work and what is only narrower. */
final class TypeCheck {

    private static final Set<String> EXACT_COLLATIONS = Set.of("utf8mb4_0900_bin", "utf8mb4_nopad_bin");

    private final RecordType type;
    private final Table table;
    private final Dialect dialect;
    private final long mostBytes;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    TypeCheck(RecordType type, Table table, Dialect dialect, long mostBytes) {
        this.type = type;
        this.table = table;
        this.dialect = dialect;
        this.mostBytes = mostBytes;
    }

    List<String> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    /** The type as the table narrows it; of no use if there are problems. */
    RecordType narrowed() {
        if (table.isView()) {
            problem("expected a table, there is a view");
            return type;
        }
        if (!table.transactional()) {
            problem("expected an engine with transactions such as InnoDB, there is " + table.engine());
        }
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < type.columns().size(); index++) {
            columns.add(column(index));
        }
        undeclaredColumns();
        uniqueIndexes();
        RecordType narrowed = type.narrowed(columns, keysAreExact());
        return numbered().map(narrowed::numberedBy).orElse(narrowed);
    }

    private Column column(int index) {
        Column declared = type.columns().get(index);
        TableColumn real = table.column(declared.name());
        if (real == null) {
            problem(declared, "there is no such column");
            return declared;
        } else if (real.generated()) {
            problem(declared, "there is a generated column (" + real.columnType() + "), which cannot be written");
            return declared;
        }
        ColumnFit fit = new ColumnFit(dialect, real, mostBytes);
        Optional<ValueType> narrow = fit.narrow(declared);
        if (narrow.isEmpty()) {
            problem(declared, "there is " + real.describe() + advice(declared, fit));
            return declared;
        }
        warn(declared, real, TypeWords.narrowed(declared.type(), narrow.get(), mostBytes));
        return notNull(index, declared.withType(narrow.get()), real);
    }

    private static String advice(Column declared, ColumnFit fit) {
        return declared.type().quoted() && fit.losesCharacters()
                ? ", whose character set cannot hold every character (ALTER TABLE … CONVERT TO CHARACTER SET utf8mb4)"
                : "";
    }

    private Column notNull(int index, Column column, TableColumn real) {
        if (real.dataType().equals("char")) {
            warn(column, real, List.of("the table drops spaces at the end"));
        }
        if (type.isRowTime(index)) {
            return column; // every row carries it
        }
        if (real.extra().contains("on update")) {
            warn(column, real, List.of("the table sets it by itself (ON UPDATE) when a record does not carry it"));
        }
        Column narrow = real.nullable() ? column : column.notNull(real.hasDefault());
        if (!narrow.equals(column)) {
            warn(column, real, List.of(narrow.required() ? "every record must carry it" : "null is refused"));
        }
        return narrow;
    }

    private void undeclaredColumns() {
        Set<String> declared = new HashSet<>();
        type.columns().forEach(column -> declared.add(column.name().toLowerCase(Locale.ROOT)));
        table.columns().forEach((name, real) -> {
            if (!declared.contains(name) && !real.fillsItself()) {
                problem("column " + real.name() + ": not declared, there is " + real.describe()
                        + " without a default (declare it, or give it a default)");
            }
        });
    }

    private void uniqueIndexes() {
        String key = type.keyColumn().name().toLowerCase(Locale.ROOT);
        if (!table.uniqueIndexes().containsValue(List.of(new Table.Part(key, true)))) {
            problem(
                    type.keyColumn(),
                    "expected a primary key or unique index on exactly this column, there is "
                            + (table.uniqueIndexes().isEmpty() ? "none" : describe(table.uniqueIndexes())));
        }
        table.uniqueIndexes().forEach((name, parts) -> {
            boolean harmless = parts.stream().anyMatch(part -> part.column().equals(key) || fillsUniquely(part));
            if (!harmless) {
                problem("the unique index " + name + " does not contain the key "
                        + type.keyColumn().name() + ": a record could change the row of another key");
            }
        });
    }

    private boolean fillsUniquely(Table.Part part) {
        TableColumn column = table.columns().get(part.column());
        return column != null && isNumbered(column);
    }

    private boolean isNumbered(TableColumn column) {
        boolean declared = type.columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(column.name()));
        return !declared && column.extra().contains("auto_increment");
    }

    /** The column that the table numbers by itself; a table has at most one. */
    private Optional<String> numbered() {
        Optional<TableColumn> numbered =
                table.columns().values().stream().filter(this::isNumbered).findAny();
        numbered.filter(column -> !column.dataType().equals("bigint"))
                .ifPresent(column -> warnings.add(place() + ", column " + column.name() + " (" + column.describe()
                        + "): every row that is sent uses up a number, also where it changes one; when none is left,"
                        + " all are refused (BIGINT has enough)"));
        return numbered.map(TableColumn::name);
    }

    private static String describe(Map<String, List<Table.Part>> indexes) {
        List<String> words = new ArrayList<>();
        indexes.forEach((name, parts) -> words.add(name + " ("
                + String.join(
                        ", ",
                        parts.stream()
                                .map(part -> part.column() + (part.whole() ? "" : " in part"))
                                .toList())
                + ")"));
        return String.join(", ", words);
    }

    private boolean keysAreExact() {
        TableColumn real = table.column(type.keyColumn().name());
        if (real == null || type.keyColumn().type() instanceof IntegerType || real.charset() == null) {
            return true;
        }
        boolean exact =
                EXACT_COLLATIONS.contains(real.collation()) && !real.dataType().equals("char");
        if (!exact) {
            warn(
                    type.keyColumn(),
                    real,
                    List.of("keys do not compare byte for byte (" + real.collation() + "): what the table takes for"
                            + " equal is one row"));
        }
        return exact;
    }

    private void warn(Column column, TableColumn real, List<String> words) {
        words.forEach(
                word -> warnings.add(place() + ", column " + column.name() + " (" + real.describe() + "): " + word));
    }

    private void problem(Column declared, String there) {
        problem("column " + declared.name() + ": declared " + TypeWords.of(declared.type()) + ", " + there);
    }

    private void problem(String what) {
        problems.add(place() + ", " + what);
    }

    private String place() {
        return type.name() + ", table " + type.table();
    }
}
