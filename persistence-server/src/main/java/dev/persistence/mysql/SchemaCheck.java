package dev.persistence.mysql;

import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.schema.ValueType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the declarations against the real tables, at start. What is narrower in the table narrows the declaration, so
 * that a value that will not fit is refused at the door. Reads descriptions only, never data, and changes nothing.
 */
public final class SchemaCheck {

    private static final int PARTS_OF_A_PACKET = 4; // a value may double when escaped, and is not alone in its row
    private static final long COMFORTABLE_PACKET = 64L << 20; // MySQL's default; a request of 10 MiB fits into a part

    private final ConnectionPool pool;

    /**
     * What the check found.
     *
     * @param types the declarations as the tables narrow them
     * @param warnings what is narrower, a line each
     */
    public record Result(RecordTypes types, List<String> warnings) {
        public Result {
            warnings = List.copyOf(warnings);
        }
    }

    public SchemaCheck(ConnectionPool pool) {
        this.pool = pool;
    }

    /**
     * Checks all record types.
     *
     * @throws SchemaException if a table cannot hold what is declared; its message lists everything that cannot work
     * @throws SQLException if the descriptions cannot be read
     */
    public Result check(RecordTypes declared) throws SQLException {
        List<RecordType> types = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        try (Connection connection = pool.connection()) {
            for (RecordType type : declared) {
                types.add(check(connection, type, problems, warnings));
            }
            connection.rollback();
        }
        if (!problems.isEmpty()) {
            throw new SchemaException("The tables in database " + pool.server().database()
                    + " do not fit the declared record types:\n  " + String.join("\n  ", problems));
        }
        packetWarning(types).ifPresent(warnings::add);
        return new Result(new RecordTypes(types), warnings);
    }

    private Optional<String> packetWarning(List<RecordType> types) {
        long packet = pool.server().maxAllowedPacket();
        boolean mayBeLarge = types.stream()
                .flatMap(type -> type.columns().stream())
                .anyMatch(column -> column.type() instanceof ValueType.JsonType);
        return mayBeLarge && packet < COMFORTABLE_PACKET
                ? Optional.of("the server's max_allowed_packet is " + packet + " bytes: a json value may have at most "
                        + packet / PARTS_OF_A_PACKET + " bytes (64M is its usual value)")
                : Optional.empty();
    }

    private RecordType check(Connection connection, RecordType type, List<String> problems, List<String> warnings)
            throws SQLException {
        Dialect dialect = pool.server().dialect();
        Optional<Table> table = Table.read(connection, dialect, type.table());
        if (table.isEmpty()) {
            problems.add(type.name() + ", table " + type.table() + ": there is no such table (create it; the shipped"
                    + " ones are created at start with database.migrate = true)");
            return type;
        }
        long mostBytes = pool.server().maxAllowedPacket() / PARTS_OF_A_PACKET;
        TypeCheck check = new TypeCheck(type, table.get(), dialect, mostBytes);
        RecordType narrowed = check.narrowed();
        problems.addAll(check.problems());
        warnings.addAll(check.warnings());
        return narrowed;
    }
}
