package dev.persistence.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit, by systemd's own program, where the machine has it. */
class SystemdUnitIT {

    /** Of 10, by systemd's own scale: below 2 it calls a service "OK", which few are. */
    private static final double MOST_EXPOSED = 1.5;

    private static final String INSTALLED = "/usr/share/persistence-server/bin/persistence-server";

    private final String unit = Delivered.text(Delivered.UNIT);

    @BeforeEach
    void program() {
        Command.assumeInstalled("systemd-analyze", "systemd");
    }

    @Test
    void systemd_findsNoFault(@TempDir Path folder) throws IOException {
        // It looks whether the program is there, which is installed elsewhere.
        Path installed =
                Files.writeString(folder.resolve(Delivered.UNIT.getFileName()), unit.replace(INSTALLED, "/bin/true"));

        Command verify = Command.run("systemd-analyze", "verify", "--man=no", installed.toString());

        assertEquals("", verify.succeeded().output());
    }

    @Test
    void sandbox_isTight() {
        Command rating =
                Command.run("systemd-analyze", "security", "--offline=true", "--no-pager", Delivered.UNIT.toString());

        MatchResult level = Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)")
                .matcher(rating.output())
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(rating.output()));
        assertTrue(Double.parseDouble(level.group(1)) < MOST_EXPOSED, rating.output());
    }
}
