package dev.persistence.bench.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The file in which a database server leaves the number of its process. */
final class PidFile {

    private PidFile() {}

    /**
     * The process named there, if it runs and is a database: a server on another machine names a file that may exist
     * here too, or not be readable.
     */
    static OptionalLong runningDatabase(Path file) {
        try {
            long pid = Long.parseLong(Files.readString(file).strip());
            boolean runs = ProcessHandle.of(pid).map(PidFile::isDatabase).orElse(false);
            return runs ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | NumberFormatException unknown) {
            return OptionalLong.empty();
        }
    }

    /** By its whole command line, since a server may have been started through a loader. */
    private static boolean isDatabase(ProcessHandle process) {
        String line = process.info().commandLine().or(process.info()::command).orElse("");
        return line.contains("mysqld") || line.contains("mariadbd");
    }
}
