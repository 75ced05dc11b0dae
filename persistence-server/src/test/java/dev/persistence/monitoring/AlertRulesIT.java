package dev.persistence.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alert rules, by Prometheus' own tool; what each of them must see and let pass is in {@code alerts-test.yml}. */
class AlertRulesIT {

    private static final Path CASES = Path.of("src/test/prometheus/alerts-test.yml");

    @Test
    void rules_areWellFormed() throws Exception {
        assertPasses("check", "rules", "--lint-fatal", Shipped.ALERTS.toString());
    }

    @Test
    void configuration_isWellFormedAndFindsTheRules() throws Exception {
        assertPasses("check", "config", "--lint-fatal", Shipped.CONFIGURATION.toString());
    }

    @Test
    void rules_fireWhenTheyShouldAndOnlyThen() throws Exception {
        assertPasses("test", "rules", CASES.toString());
    }

    @Test
    void everyAlert_hasACaseInWhichItFiresAndOneInWhichItDoesNot() {
        String cases = Shipped.text(CASES);
        List<String> untested = Shipped.alerts().stream()
                .filter(alert ->
                        !hasCase(cases, alert, "exp_alerts:\\n") || !hasCase(cases, alert, "exp_alerts: \\[]\\n"))
                .toList();
        assertEquals(List.of(), untested);
    }

    @Test
    void everyAlert_pointsToItsSectionOfTheGuide() {
        String guide = Shipped.text(Shipped.GUIDE);
        List<String> lost = Shipped.alerts().stream()
                .filter(alert -> !guide.contains("\n#### " + alert + "\n")
                        || !Shipped.rules().contains("runbook_url: docs/operate.md#" + alert.toLowerCase(Locale.ROOT)))
                .toList();
        assertEquals(List.of(), lost);
    }

    private static boolean hasCase(String cases, String alert, String expected) {
        return Pattern.compile("alertname: " + alert + "\\n +" + expected)
                .matcher(cases)
                .find();
    }

    private static void assertPasses(String... arguments) throws Exception {
        Program.Run run = Program.PROMTOOL.run("", arguments);
        assertEquals(0, run.exitCode(), run.output());
    }
}
