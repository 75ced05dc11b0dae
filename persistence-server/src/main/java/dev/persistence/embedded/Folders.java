package dev.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Folders that belong to the user who runs the service, and to nobody else. */
final class Folders {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private Folders() {}

    /** Makes the folder and its parents where they are missing. */
    static Path create(Path folder) {
        try {
            return Files.createDirectories(folder.toAbsolutePath().normalize(), OWNER_ONLY);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Path createTemporary() {
        try {
            return Files.createTempDirectory("persistence-", OWNER_ONLY);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Where binaries may stay for the next start: the user's cache folder, else one of the user's own in the temporary
     * folder. Empty if neither is safe to run programs from (made by somebody else, or writable for others).
     */
    static Optional<Path> cache() {
        String home = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> Path.of(folder).isAbsolute())
                .orElse(System.getProperty("user.home") + "/.cache");
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
        return own(Path.of(home, "persistence-service"))
                .or(() -> own(Path.of(System.getProperty("java.io.tmpdir"), "persistence-service-" + user)));
    }

    private static Optional<Path> own(Path folder) {
        try {
            if (!folder.isAbsolute()) {
                return Optional.empty();
            }
            Files.createDirectories(folder, OWNER_ONLY);
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
            boolean othersMayWrite = permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
            Path probe = Files.createTempFile(folder, "probe", "");
            boolean ours = Files.getOwner(probe).equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
            Files.delete(probe);
            return ours && !othersMayWrite ? Optional.of(folder) : Optional.empty();
        } catch (IOException notUsable) {
            return Optional.empty();
        }
    }

    /** Deletes a folder and all in it; that it is not there is no failure. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
