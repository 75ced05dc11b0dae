package dev.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that one running database has for itself: its data, temporary files, log and lock. A named one is kept, a
 * temporary one goes at the close.
 */
final class DataFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    private final Path folder;
    private final boolean temporary;
    private final FileChannel lockFile;

    private DataFolder(Path folder, boolean temporary, FileChannel lockFile) {
        this.folder = folder;
        this.temporary = temporary;
        this.lockFile = lockFile;
    }

    static DataFolder open(Optional<Path> named) {
        try {
            Path folder = named.map(Folders::create).orElseGet(Folders::createTemporary);
            return new DataFolder(folder, named.isEmpty(), lock(folder));
        } catch (IOException | UncheckedIOException failure) {
            throw new EmbeddedDatabaseException(
                    "the folder of the embedded database cannot be used: " + failure.getMessage(), failure);
        }
    }

    /** The folder to remove when nothing uses it any more; empty if it is to be kept. */
    Optional<Path> toDiscard() {
        return Optional.of(folder).filter(whole -> temporary);
    }

    Path data() {
        return folder.resolve("data");
    }

    Path temporaryFiles() {
        return Folders.create(folder.resolve("tmp"));
    }

    ServerLog log(String name) {
        return new ServerLog(folder.resolve(name));
    }

    /** Makes the database's own tables where they are missing; they appear by a rename, whole or not at all. */
    void install(Binaries binaries) throws IOException, InterruptedException {
        if (Files.isDirectory(data())) {
            return;
        }
        Path installing = folder.resolve("data.installing");
        Folders.delete(installing);
        Folders.create(installing);
        ServerLog log = log("install.log");
        List<String> command = new ArrayList<>(List.of(
                binaries.installer().toString(),
                "--no-defaults",
                "--basedir=" + binaries.baseDir(),
                "--datadir=" + installing,
                "--tmpdir=" + temporaryFiles(),
                "--force",
                "--skip-name-resolve",
                "--skip-test-db",
                "--innodb-log-file-size=" + EmbeddedDatabase.REDO_BYTES));
        command.addAll(Binaries.runAsRoot());
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.file().toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw log.failure("could not make its system tables (exit code " + code + ")");
        }
        Files.move(installing, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes a file that only the service's user can read. */
    Path writePrivate(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            if (temporary) {
                Folders.delete(folder);
            }
            lockFile.close();
        } catch (IOException failure) {
            LOG.warn("The temporary folder of the embedded database could not be removed: {}", folder, failure);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel lockFile =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            LOG.debug("{} is in use within this process", folder, heldByThisProcess);
        }
        if (lock == null) {
            lockFile.close();
            throw new EmbeddedDatabaseException("another running service uses the folder " + folder
                    + " for its embedded database; stop it, or name another folder");
        }
        return lockFile;
    }
}
