package dev.persistence.http.page;

import dev.persistence.http.answer.Answer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The status page as one document: style, plotting library and scripts stand in it. Its Content-Security-Policy names
 * exactly these by their hashes, and lets them speak with this service only.
 */
public final class StatusPage {

    private static final AsciiString HTML = AsciiString.cached("text/html; charset=utf-8");
    private static final AsciiString CONTENT_TYPE_OPTIONS = AsciiString.cached("x-content-type-options");
    private static final AsciiString REFERRER_POLICY = AsciiString.cached("referrer-policy");

    private static final String FOLDER = "/status-page/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** In the order in which each uses only what stands before it. */
    private static final List<String> SCRIPTS = List.of(
            "format",
            "words",
            "elements",
            "requests",
            "history",
            "plot",
            "bars",
            "tables",
            "concerns",
            "health",
            "figures",
            "flush",
            "main");

    private StatusPage() {}

    /** The page as an answer. The same bytes every time; it holds no data. */
    public static Answer answer() {
        String style = resource(UPLOT + "uPlot.min.css") + resource(FOLDER + "status.css");
        String plotScript = resource(UPLOT + "uPlot.iife.min.js");
        String script = SCRIPTS.stream()
                .map(name -> resource(FOLDER + "script/" + name + ".js"))
                .collect(Collectors.joining());
        String document = resource(FOLDER + "index.html")
                .replace("/*{style}*/", style)
                .replace("/*{plotScript}*/", plotScript)
                .replace("/*{script}*/", script);
        return Answer.content(HttpResponseStatus.OK, HTML, document.getBytes(StandardCharsets.UTF_8))
                .with(Map.of(
                        HttpHeaderNames.CONTENT_SECURITY_POLICY,
                        policy(style, plotScript, script),
                        CONTENT_TYPE_OPTIONS,
                        "nosniff",
                        REFERRER_POLICY,
                        "no-referrer",
                        HttpHeaderNames.CACHE_CONTROL,
                        "no-cache",
                        HttpHeaderNames.VARY,
                        "Accept"));
    }

    private static String policy(String style, String... scripts) {
        String scriptHashes = List.of(scripts).stream().map(StatusPage::hash).collect(Collectors.joining(" "));
        return "default-src 'none'; script-src " + scriptHashes + "; style-src " + hash(style)
                + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream in = StatusPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
