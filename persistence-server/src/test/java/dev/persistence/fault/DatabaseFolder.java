package dev.persistence.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder of one server. Its data is a copy of a folder that each JVM initialises once for each product. */
final class DatabaseFolder {

    private static final Map<DatabaseProduct, DatabaseFolder> TEMPLATES = new EnumMap<>(DatabaseProduct.class);

    /** A server that resolves no names does not know its root by the address. Not for replicas: they have it likewise. */
    private static final String ACCESS = """
            SET SESSION sql_log_bin = 0;
            CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
            GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
            """;

    private final Path folder;

    private DatabaseFolder() throws IOException {
        this.folder = Files.createTempDirectory("fault-db-");
        Files.writeString(access(), ACCESS);
    }

    static synchronized DatabaseFolder initialised(DatabaseProduct product) {
        try {
            DatabaseFolder template = TEMPLATES.get(product);
            if (template == null) {
                template = new DatabaseFolder();
                Runtime.getRuntime().addShutdownHook(new Thread(template::delete, "database-template-delete"));
                template.initialise(product);
                TEMPLATES.put(product, template);
            }
            DatabaseFolder folder = new DatabaseFolder();
            copy(template.data(), folder.data());
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void initialise(DatabaseProduct product) throws IOException, InterruptedException {
        Files.createDirectory(data());
        int code = new ProcessBuilder(product.initialise(data()))
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log().toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("exit code " + code + ": " + logText());
        }
        Files.deleteIfExists(data().resolve("auto.cnf")); // a server's identity, which its copies must not share
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    Path access() {
        return folder.resolve("access.sql");
    }

    Path log() {
        return folder.resolve("server.log");
    }

    String logText() {
        try {
            return Files.readString(log());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
