package dev.persistence.bench.target;

/** The JDBC URL of a server, taken apart where the name of a database goes. */
final class ServerUrl {

    private static final String SCHEME = "jdbc:mysql://";

    private final String hosts;
    private final String properties;

    private ServerUrl(String hosts, String properties) {
        this.hosts = hosts;
        this.properties = properties;
    }

    /** Takes any {@code jdbc:mysql://host:port/…?…}; a database in it is dropped. */
    static ServerUrl parse(String url) {
        if (!url.startsWith(SCHEME)) {
            throw new TargetException(
                    "database: the URL does not begin with " + SCHEME
                            + " (expected jdbc:mysql://host:port/?user=NAME, also for MariaDB, or embedded)",
                    null);
        }
        int query = url.indexOf('?');
        String before = query < 0 ? url : url.substring(0, query);
        int path = before.indexOf('/', SCHEME.length());
        return new ServerUrl(path < 0 ? before : before.substring(0, path), query < 0 ? "" : url.substring(query));
    }

    /** The URL of the server, without a database. */
    String server() {
        return hosts + "/" + properties;
    }

    /** The URL of a database there, with the same user and properties. */
    String database(String name) {
        return hosts + "/" + name + properties;
    }

    /** Host and port, for people; whoever is named before them, and how he proves it, is left out. */
    String place() {
        return hosts.substring(Math.max(SCHEME.length(), hosts.lastIndexOf('@') + 1));
    }
}
