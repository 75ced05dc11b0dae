package dev.persistence.fallback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends lines to files of one folder, durably: a file is opened, appended to, forced to the disk and closed each time,
 * so that it can be moved away whenever one likes. Folder and files are their owner's only, as they hold what users sent.
 */
final class DeadLetterFolder {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path dir;
    private final long maxBytes;

    DeadLetterFolder(Path dir, long maxBytes) {
        this.dir = dir;
        this.maxBytes = maxBytes;
    }

    Path dir() {
        return dir;
    }

    /**
     * Appends whole lines to a file of this name.
     *
     * @throws IOException if they are not on the disk; then the file has none of them, or the message says otherwise
     */
    void append(String name, ByteBuffer lines) throws IOException {
        makeFolders(dir);
        long before = bytes();
        if (lines.remaining() > maxBytes - before) {
            throw new FolderFull("the files in " + dir + " have " + before + " bytes, these records would add "
                    + lines.remaining() + ", and " + maxBytes
                    + " are allowed (buffer.dead-letter-max-bytes); send the files again with persistence-server resend"
                    + " and move them away, or allow more");
        }
        Path file = dir.resolve(name);
        boolean isNew = create(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            append(channel, lines);
        }
        if (isNew) {
            force(dir);
        }
    }

    private long bytes() throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    sum += Files.size(file);
                }
            }
        }
        return sum;
    }

    private static boolean create(Path file) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        Files.createFile(file, ownerOnly("rw-------"));
        return true;
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static void append(FileChannel channel, ByteBuffer lines) throws IOException {
        long end = channel.size();
        try {
            long at = end;
            if (isTorn(channel, end)) {
                at += channel.write(ByteBuffer.wrap(new byte[] {'\n'}), at);
            }
            while (lines.hasRemaining()) {
                at += channel.write(lines, at);
            }
            channel.force(true);
        } catch (IOException failed) {
            takeBack(channel, end, failed);
            throw failed;
        }
    }

    /** Whether a crash left a line without its end; another must not be glued to it. */
    private static boolean isTorn(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
    }

    private static void takeBack(FileChannel channel, long end, IOException failed) {
        try {
            channel.truncate(end);
            channel.force(true);
        } catch (IOException notEvenThat) { // the next append ends the torn line
            failed.addSuppressed(notEvenThat);
        }
    }

    /** Makes the folder known in its parent, or a new file known in it: without, a crash could take it away again. */
    private static void force(Path folder) throws IOException {
        if (POSIX) { // elsewhere a folder cannot be opened
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Returns the folders that were missing and are made, the innermost first. */
    private static List<Path> makeFolders(Path dir) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path each = dir.toAbsolutePath(); each != null && !Files.exists(each); each = each.getParent()) {
            missing.add(each);
        }
        for (int i = missing.size() - 1; i >= 0; i--) {
            Files.createDirectory(missing.get(i), ownerOnly("rwx------"));
            force(missing.get(i).getParent());
        }
        return missing;
    }

    /**
     * Tries whether files can be written there, and leaves nothing behind: not even a folder, which would belong to
     * whoever runs a check and not to the service's user.
     *
     * @throws IOException if not
     */
    static void tryOut(Path dir) throws IOException {
        List<Path> made = makeFolders(dir);
        try {
            Path file = Files.createTempFile(dir, "try-", ".tmp", ownerOnly("rw-------"));
            Files.delete(file);
            for (Path present : existing(dir)) {
                if (!Files.isWritable(present) || !Files.isReadable(present)) {
                    throw new AccessDeniedException(present.toString());
                }
            }
        } finally {
            for (Path each : made) {
                Files.delete(each);
            }
        }
    }

    private static List<Path> existing(Path dir) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> lines = Files.newDirectoryStream(dir, "*.ndjson")) {
            lines.forEach(files::add);
        }
        return files;
    }

    /** What a failure says, in words for people. */
    static String words(Exception failed) {
        if (failed instanceof FolderFull) {
            return failed.getMessage();
        } else if (failed instanceof AccessDeniedException denied) {
            return "the service's user may not write " + denied.getFile();
        }
        return failed.getClass().getSimpleName() + ": " + failed.getMessage();
    }

    /** The files have reached the size that is allowed. */
    private static final class FolderFull extends IOException {
        private static final long serialVersionUID = 1;

        FolderFull(String message) {
            super(message);
        }
    }
}
