package dev.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.http.security.Token;
import dev.persistence.settings.SettingTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PersistenceServerTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_namesEveryOptionAndEverySetting() {
        assertEquals(0, execute("--help"));

        String help = out.toString();
        for (String option : new String[] {"--conf", "--set", "--embedded", "--check", "--version", "--help"}) {
            assertTrue(help.contains(option), option);
        }
        SettingTable.ALL.forEach(setting -> assertTrue(
                help.contains("  " + setting.name() + " ") && help.contains(" " + setting.environment()),
                setting.name()));
    }

    @Test
    void version_saysWhatThisIs() {
        assertEquals(0, execute("--version"));

        assertTrue(out.toString().startsWith("Persistence Service "), out::toString);
    }

    @Test
    void unknownOption_isNamedAndExitsWith2() {
        assertEquals(2, execute("--colour"));

        assertEquals("""
                persistence-server: Unknown option: '--colour'
                Try persistence-server --help.
                """, err.toString());
    }

    @Test
    void impossibleSetting_isNamedAndExitsWith2() {
        assertEquals(2, execute("--check", "--set", "buffer.ring-size=1000"));

        assertEquals(
                "buffer.ring-size: 1000 (expected a power of two, at most 16777216), from --set"
                        + System.lineSeparator(),
                err.toString());
    }

    @Test
    void missingFolder_isNamedAndExitsWith2() {
        assertEquals(2, execute("--check", "--conf", "no/such/folder"));

        assertEquals("--conf: no/such/folder (expected a folder)" + System.lineSeparator(), err.toString());
    }

    @Test
    void token_isPrintedWithTheEntryThatKnowsIt() {
        assertEquals(0, execute("token", "--name", "ui", "--rights", "read"));

        List<String> lines = out.toString().lines().toList();
        String text = lines.get(0).replaceFirst("^token: ", "");
        assertEquals("entry: " + Token.of("ui", "read", text).entry(), lines.get(1));
    }

    @Test
    void tokenWithImpossibleRights_isRefused() {
        assertEquals(2, execute("token", "--rights", "all"));

        assertTrue(
                err.toString().contains("its rights must be some of write, flush, read, joined with '+'"),
                err::toString);
    }

    private int execute(String... arguments) {
        CommandLine commandLine = PersistenceServer.commandLine(Map.of());
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
