package dev.persistence.http.page;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;

/** Tells browsers, which ask for HTML by name, from programs, which take JSON or anything. */
public final class AcceptHeader {

    private static final String HTML = "text/html";
    private static final String JSON = "application/json";

    private AcceptHeader() {}

    /** Whether HTML is named in {@code Accept}, and JSON is not named with a higher weight (RFC 9110, 12.5.1). */
    public static boolean prefersHtml(HttpHeaders headers) {
        double html = 0;
        double json = 0;
        for (String line : headers.getAll(HttpHeaderNames.ACCEPT)) {
            for (String range : line.toLowerCase(Locale.ROOT).split(",", -1)) {
                String type = range.split(";", 2)[0].strip();
                if (type.equals(HTML)) {
                    html = Math.max(html, weight(range));
                } else if (type.equals(JSON)) {
                    json = Math.max(json, weight(range));
                }
            }
        }
        return html > 0 && html >= json;
    }

    /** What comes behind {@code q=}, 0 to 1; 1 without it, 0 where it is no number. */
    private static double weight(String range) {
        for (String parameter : range.split(";", -1)) {
            String text = parameter.strip();
            if (text.startsWith("q=")) {
                return text.matches("q=[01](\\.[0-9]{0,3})?") ? Double.parseDouble(text.substring(2)) : 0;
            }
        }
        return 1;
    }
}
