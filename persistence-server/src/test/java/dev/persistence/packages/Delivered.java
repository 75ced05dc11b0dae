package dev.persistence.packages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that are delivered, where the build leaves them. */
final class Delivered {

    static final Path FOLDER = Path.of("target/persistence-server");
    static final Path UNIT = Path.of("../conf/systemd/persistence-server.service");
    static final Path KUBERNETES = Path.of("../conf/kubernetes/persistence-server.yaml");
    static final Path COMPOSE = Path.of("../compose.yaml");
    static final Path DOCKERFILE = Path.of("../Dockerfile");
    static final Path ENVIRONMENT = Path.of("src/main/deb/environment");

    private Delivered() {}

    static Path debianPackage() {
        return built("persistence-server_*_all.deb");
    }

    static Path tarball() {
        return built("persistence-server-*.tar.gz");
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The newest, where older builds left theirs; skips the test where the build was told to make none. */
    private static Path built(String pattern) {
        Path newest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("target"), pattern)) {
            for (Path file : files) {
                if (newest == null
                        || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(newest)) > 0) {
                    newest = file;
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        assumeTrue(newest != null, "there is no target/" + pattern + ": it was built with -Dpackages.skip");
        return newest.toAbsolutePath();
    }
}
