package dev.persistence.fault;

import dev.persistence.embedded.MariaDbPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers that a {@link DatabaseProcess} can be, and how their programs are called. */
public enum DatabaseProduct {
    /** The embedded database's programs. */
    MARIADB {
        @Override
        List<String> initialise(Path data) {
            MariaDbPrograms programs = MariaDbPrograms.unpacked();
            List<String> command = new ArrayList<>(List.of(
                    programs.installer().toString(),
                    "--no-defaults",
                    "--basedir=" + programs.baseDir(),
                    "--datadir=" + data,
                    "--force",
                    "--auth-root-authentication-method=normal",
                    "--skip-name-resolve",
                    "--skip-test-db",
                    "--innodb-log-file-size=8M"));
            command.addAll(MariaDbPrograms.runAsRoot());
            return command;
        }

        @Override
        List<String> serve(Path data) {
            MariaDbPrograms programs = MariaDbPrograms.unpacked();
            List<String> command = new ArrayList<>(List.of(
                    programs.server().toString(),
                    "--no-defaults",
                    "--basedir=" + programs.baseDir(),
                    "--datadir=" + data,
                    "--skip-ssl",
                    "--skip-name-resolve",
                    "--innodb-log-file-size=8M",
                    "--performance-schema=OFF"));
            command.addAll(MariaDbPrograms.runAsRoot());
            return command;
        }
    },
    /** A MySQL with its own C library, as {@code -Dmysql.server.home} names it. */
    MYSQL {
        @Override
        List<String> initialise(Path data) {
            List<String> command = program(data);
            command.add("--initialize-insecure");
            return command;
        }

        @Override
        List<String> serve(Path data) {
            List<String> command = program(data);
            command.addAll(
                    List.of("--mysqlx=OFF", "--tls-version=", "--secure-file-priv=", "--innodb-redo-log-capacity=8M"));
            return command;
        }

        private List<String> program(Path data) {
            Path root = Path.of(MYSQL_HOME, "root");
            Path libraries = root.resolve("usr/lib");
            Path share = root.resolve("usr/share/mysql");
            return new ArrayList<>(List.of(
                    root.resolve("usr/lib64/ld-linux-x86-64.so.2").toString(),
                    "--library-path",
                    libraries.resolve("x86_64-linux-gnu") + ":" + root.resolve("lib/x86_64-linux-gnu") + ":"
                            + libraries.resolve("mysql/private") + ":" + libraries,
                    root.resolve("usr/sbin/mysqld").toString(),
                    "--no-defaults",
                    "--user=" + System.getProperty("user.name"),
                    "--datadir=" + data,
                    "--lc-messages-dir=" + share,
                    "--character-sets-dir=" + share.resolve("charsets"),
                    "--plugin-dir=" + libraries.resolve("mysql/plugin")));
        }
    };

    private static final String MYSQL_HOME = System.getProperty("mysql.server.home", "");

    /** Those that can run here: MariaDB, and MySQL where the system property {@code mysql.server.home} says where it is. */
    public static List<DatabaseProduct> available() {
        if (MYSQL_HOME.isEmpty()) {
            return List.of(MARIADB);
        }
        Path program = Path.of(MYSQL_HOME, "root/usr/sbin/mysqld");
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException("mysql.server.home: there is no " + program);
        }
        return List.of(MARIADB, MYSQL);
    }

    /** The command that fills an empty data folder; root has no password then. */
    abstract List<String> initialise(Path data);

    /** The command that runs the server; where it listens is added to it. */
    abstract List<String> serve(Path data);
}
