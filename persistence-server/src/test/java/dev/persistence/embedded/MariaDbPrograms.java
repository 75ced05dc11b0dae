package dev.persistence.embedded;

import java.nio.file.Path;
import java.util.List;

/** Where the embedded database's programs are, for tests that run a server of their own. */
public record MariaDbPrograms(Path baseDir, Path server, Path installer) {

    public static MariaDbPrograms unpacked() {
        Binaries binaries = Binaries.unpacked();
        return new MariaDbPrograms(binaries.baseDir(), binaries.server(), binaries.installer());
    }

    /** Options that both programs need where root runs them. */
    public static List<String> runAsRoot() {
        return Binaries.runAsRoot();
    }
}
