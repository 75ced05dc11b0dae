package dev.persistence.schema;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads record types from their declarations (HOCON, the list {@code record-types}). */
public final class Declarations {

    private static final Pattern TYPE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final Set<String> MEMBERS =
            Set.of("name", "table", "key", "change-time", "creation-time", "columns");

    private Declarations() {}

    /**
     * Reads all record types, in the order of declaration.
     *
     * @param config holds the list {@code record-types}
     * @throws DeclarationException if a declaration cannot be used; the message says which, where and why
     */
    public static RecordTypes read(Config config) {
        try {
            List<RecordType> types = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (Config declaration : config.getConfigList("record-types")) {
                RecordType type = recordType(declaration, types.size());
                if (!names.add(type.name())) {
                    throw wrong(declaration, "the record type " + type.name() + " is declared twice");
                }
                types.add(type);
            }
            if (types.isEmpty()) {
                throw new DeclarationException("record-types is empty (expected at least one record type)");
            }
            return new RecordTypes(types);
        } catch (ConfigException unusable) {
            throw new DeclarationException("record-types: " + unusable.getMessage(), unusable);
        }
    }

    private static RecordType recordType(Config declaration, int ordinal) {
        refuseUnknown(declaration, "", MEMBERS);
        String name = matching(declaration, "name", TYPE_NAME);
        String table = matching(declaration, "table", IDENTIFIER);
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String key = declaration.getString("key");
        for (Config column : declaration.getConfigList("columns")) {
            Column read = ColumnDeclaration.read(column);
            if (!names.add(read.name().toLowerCase(Locale.ROOT))) { // SQL tells no column from another by its case
                throw wrong(column, "the column " + read.name() + " of " + name + " is declared twice");
            }
            columns.add(read);
        }
        if (columns.size() > RecordType.MAX_COLUMNS) {
            throw wrong(
                    declaration,
                    name + " has " + columns.size() + " columns (expected at most " + RecordType.MAX_COLUMNS + ")");
        }
        int changeTime = timeColumn(declaration, "change-time", columns);
        int creationTime = timeColumn(declaration, "creation-time", columns);
        if (changeTime != RecordType.NONE && changeTime == creationTime) {
            throw wrong(declaration, "change-time and creation-time of " + name + " must be two columns");
        }
        return new RecordType(
                name,
                ordinal,
                table,
                columns,
                keyColumn(declaration, key, columns),
                changeTime,
                creationTime,
                true,
                Optional.empty());
    }

    private static int keyColumn(Config declaration, String key, List<Column> columns) {
        int index = indexOf(declaration, "key", key, columns);
        Column column = columns.get(index);
        boolean usable =
                column.type() instanceof ValueType.StringType || column.type() instanceof ValueType.IntegerType;
        if (!usable || !column.required()) {
            throw wrong(declaration, "the key " + key + " must be a required string, integer or long");
        }
        return index;
    }

    private static int timeColumn(Config declaration, String member, List<Column> columns) {
        if (!declaration.hasPath(member)) {
            return RecordType.NONE;
        }
        String name = declaration.getString(member);
        int index = indexOf(declaration, member, name, columns);
        Column column = columns.get(index);
        if (!(column.type() instanceof ValueType.TimestampType) || column.required()) {
            throw wrong(declaration, member + " = " + name + " must be a timestamp that is not required");
        }
        return index;
    }

    private static int indexOf(Config declaration, String member, String name, List<Column> columns) {
        for (int index = 0; index < columns.size(); index++) {
            if (columns.get(index).name().equals(name)) {
                return index;
            }
        }
        throw wrong(declaration, member + " = " + name + " is not one of the declared columns");
    }

    static String matching(Config declaration, String member, Pattern pattern) {
        String value = declaration.getString(member);
        if (!pattern.matcher(value).matches()) {
            throw wrong(declaration, member + " = \"" + value + "\" (expected " + pattern + ")");
        }
        return value;
    }

    static void refuseUnknown(Config declaration, String subject, Set<String> known) {
        for (String member : declaration.root().keySet()) {
            if (!known.contains(member)) {
                throw wrong(
                        declaration,
                        subject + "unknown member " + member + " (expected one of "
                                + String.join(", ", known.stream().sorted().toList()) + ")");
            }
        }
    }

    static DeclarationException wrong(Config where, String what) {
        return new DeclarationException(where.origin().description() + ": " + what);
    }
}
