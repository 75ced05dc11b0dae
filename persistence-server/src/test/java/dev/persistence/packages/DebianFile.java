package dev.persistence.packages;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A Debian package, read without dpkg.
 *
 * @param control the texts of control file and maintainer scripts, by name
 * @param files what it installs, by absolute path, without folders
 */
record DebianFile(Map<String, String> control, Map<String, TarArchiveEntry> files) {

    static DebianFile read(Path file) {
        Map<String, String> control = new TreeMap<>();
        Map<String, TarArchiveEntry> files = new TreeMap<>();
        try (ArArchiveInputStream parts =
                new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ArArchiveEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
                if (part.getName().startsWith("control.tar")) {
                    readControl(parts, control);
                } else if (part.getName().startsWith("data.tar")) {
                    readFiles(parts, files);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new DebianFile(control, files);
    }

    private static void readControl(InputStream part, Map<String, String> control) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(part));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            control.put(absolute(entry).substring(1), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void readFiles(InputStream part, Map<String, TarArchiveEntry> files) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(part));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (!entry.isDirectory()) {
                files.put(absolute(entry), entry);
            }
        }
    }

    private static String absolute(TarArchiveEntry entry) {
        return entry.getName().substring(1); // "./usr/…"
    }

    /** The paths of the files in a folder and below. */
    List<String> below(String folder) {
        return files.keySet().stream()
                .filter(path -> path.startsWith(folder + "/"))
                .toList();
    }

    /** The permissions of a file, such as 644. */
    String mode(String path) {
        return Integer.toOctalString(files.get(path).getMode() & 0777);
    }

    /** A field of the control file. */
    String field(String name) {
        return control.get("control")
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .collect(Collectors.joining());
    }
}
