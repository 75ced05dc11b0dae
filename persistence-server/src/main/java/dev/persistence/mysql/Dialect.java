package dev.persistence.mysql;

/** What the servers say differently. */
public enum Dialect {
    /** {@code AS new} names the incoming row; {@code VALUES()} is deprecated. */
    MYSQL("MySQL", "utf8mb4_0900_bin", 100),
    /** Lacks {@code AS new}; has {@code VALUES()}. */
    MARIADB("MariaDB", "utf8mb4_nopad_bin", 31),
    /** Like MySQL, but lacks {@code AS new}. */
    TIDB("TiDB", "utf8mb4_0900_bin", 100);

    private final String product;
    private final String exactCollation;
    private final int jsonDepth;

    Dialect(String product, String exactCollation, int jsonDepth) {
        this.product = product;
        this.exactCollation = exactCollation;
        this.jsonDepth = jsonDepth;
    }

    static Dialect ofVersion(String version) {
        return version.contains("MariaDB") ? MARIADB : version.contains("TiDB") ? TIDB : MYSQL;
    }

    /** The server's name, for people. */
    String product() {
        return product;
    }

    /** The collation of utf8mb4 that compares byte for byte and does not pad with spaces. */
    String exactCollation() {
        return exactCollation;
    }

    /** Arrays and objects within each other that the server's own JSON functions take (found by trying). */
    int jsonDepth() {
        return jsonDepth;
    }

    /** What goes between the rows and {@code ON DUPLICATE KEY UPDATE}. */
    String rowAlias(String table) {
        return this == MYSQL ? " AS " + alias(table) : "";
    }

    /** The value of a column in the incoming row. */
    String incoming(String table, String column) {
        return this == MYSQL ? alias(table) + ".`" + column + "`" : "VALUES(`" + column + "`)";
    }

    private static String alias(String table) {
        return table.equalsIgnoreCase("new") ? "newer" : "new";
    }
}
