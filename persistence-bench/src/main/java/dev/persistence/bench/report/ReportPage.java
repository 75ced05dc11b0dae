package dev.persistence.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A report as an HTML page of one file: figures, and plots that need nothing from elsewhere. */
public final class ReportPage {

    private static final String PLOTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final Pattern PLACE = Pattern.compile("/\\*\\{(\\w+)}\\*/");

    private ReportPage() {}

    /** The page. */
    public static String of(RunReport report) {
        Map<String, String> parts = new HashMap<>();
        parts.put("plotStyle", resource(PLOTS + "uPlot.min.css"));
        parts.put("plotScript", resource(PLOTS + "uPlot.iife.min.js"));
        parts.put("style", resource("report.css"));
        parts.put("script", resource("report.js"));
        parts.put("report", ReportJson.of(report).replace("</", "<\\/")); // must not end the script that holds it
        return PLACE.matcher(resource("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
