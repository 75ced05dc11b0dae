package dev.persistence.fuzz.http;

import dev.persistence.http.FuzzedConnection;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One well-formed request, chosen part by part, and what the contract says of its parts. */
final class MadeRequest {

    /** What its path leads to. */
    enum Target {
        BATCH("POST", "/api/v1/persistence/sessions/batch"),
        FLUSH("POST", "/api/v1/persistence/flush"),
        STATS("GET", "/api/v1/persistence/stats"),
        LIVE("GET", "/health/live"),
        HEALTH("GET", "/health"),
        ROOT("GET", "/"),
        NOWHERE("", "/nowhere"),
        OTHER_TYPE("", "/api/v1/persistence/others/batch");

        final String method;
        final String path;

        Target(String method, String path) {
            this.method = method;
            this.path = path;
        }
    }

    private final Target target;
    private final String method;
    private final boolean allowed;
    private final String query;
    private final String version;
    private final String connection;
    private final String expectation;
    private final String type;
    private final MadeBody body;
    private final boolean chunked;
    private final byte[] message;

    MadeRequest(Choices choices) {
        target = choices.of(
                Target.BATCH,
                Target.BATCH,
                Target.BATCH,
                Target.BATCH,
                Target.BATCH,
                Target.FLUSH,
                Target.STATS,
                Target.LIVE,
                Target.HEALTH,
                Target.ROOT,
                Target.NOWHERE,
                Target.OTHER_TYPE);
        method = choices.rarely(6) ? choices.of("GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE", "X") : usualMethod();
        allowed = method.equals(target.method) || (method.equals("HEAD") && target.method.equals("GET"));
        query = choices.rarely(3)
                ? choices.of(
                        "?ack=written",
                        "?ack=written",
                        "?ack=written",
                        "?",
                        "?ack=x",
                        "?akc=written",
                        "?ack=%zz",
                        "?ack=written&ack=written")
                : "";
        version = choices.rarely(8) ? "HTTP/1.0" : "HTTP/1.1";
        connection = choices.rarely(8) ? choices.of("keep-alive", "Keep-Alive", "close", "x") : "";
        expectation = choices.rarely(6) ? choices.of("100-continue", "100-Continue", "gold") : "";
        boolean lines = choices.rarely(4);
        type = choices.rarely(8)
                ? choices.of("text/plain", "application/json;charset=latin1", "application/jsonx", "*/*")
                : lines
                        ? "application/x-ndjson"
                        : choices.of(
                                "",
                                "application/json",
                                "application/vnd.a+json; charset=\"UTF-8\"",
                                "Application/JSON");
        body = new MadeBody(choices, lines);
        chunked = version.equals("HTTP/1.1") && choices.rarely(3);
        message = message(choices);
    }

    private String usualMethod() {
        return target.method.isEmpty() ? "POST" : target.method;
    }

    private byte[] message(Choices choices) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String authority = choices.rarely(8) ? "http://a:8001" : "";
        StringBuilder head = new StringBuilder(method + " " + authority + target.path + query + " " + version + "\r\n");
        header(head, choices.of("Host", "host", "HOST"), "a");
        header(head, "Connection", connection);
        header(head, "Expect", expectation);
        header(head, "Content-Type", type);
        header(head, "Content-Encoding", body.coding());
        if (chunked) {
            header(head, "Transfer-Encoding", choices.of("chunked", "Chunked"));
        } else if (body.bytes().length > 0 || choices.rarely(2)) {
            header(head, "Content-Length", "" + body.bytes().length);
        }
        bytes.writeBytes((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
        if (chunked) {
            writeChunks(bytes, choices);
        } else {
            bytes.writeBytes(body.bytes());
        }
        return bytes.toByteArray();
    }

    private static void header(StringBuilder head, String name, String value) {
        if (!value.isEmpty()) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
    }

    private void writeChunks(ByteArrayOutputStream bytes, Choices choices) {
        byte[] content = body.bytes();
        for (int from = 0; from < content.length; ) {
            int size = Math.min(content.length - from, 1 + 13 * choices.next(40));
            String line = Integer.toHexString(size) + (choices.rarely(8) ? ";x=y" : "") + "\r\n";
            bytes.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
            bytes.write(content, from, size);
            bytes.writeBytes(new byte[] {'\r', '\n'});
            from += size;
        }
        bytes.writeBytes(
                ("0\r\n" + (choices.rarely(8) ? "Trailer: x\r\n" : "") + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    byte[] bytes() {
        return message;
    }

    Target target() {
        return target;
    }

    int bodyBytes() {
        return body.bytes().length;
    }

    /** What Content-Length says. */
    int declaredBytes() {
        return chunked ? 0 : bodyBytes();
    }

    boolean awaitsGoOn() {
        return expectation.equalsIgnoreCase("100-continue") && version.equals("HTTP/1.1");
    }

    boolean asksForWritten() {
        return query.equals("?ack=written");
    }

    boolean keepsAlive() {
        return version.equals("HTTP/1.1") ? !connection.equals("close") : connection.equalsIgnoreCase("keep-alive");
    }

    /** The status of a refusal that needs no body, or 0. */
    int refusedByHead() {
        if (target.method.isEmpty()) {
            return 404;
        } else if (!allowed) {
            return 405;
        } else if (expectation.equals("gold")) {
            return 417;
        } else if (target == Target.BATCH && query.length() > 1 && !asksForWritten()) {
            return 400;
        } else if (target == Target.BATCH && (isOtherType() || body.coding().equals("br"))) {
            return 415;
        }
        int most = target == Target.BATCH ? FuzzedConnection.MAX_BYTES : 2 * FuzzedConnection.MAX_BYTES;
        return declaredBytes() > most ? 413 : 0;
    }

    private boolean isOtherType() {
        return !type.isEmpty()
                && (!type.toLowerCase(Locale.ROOT).contains("json")
                        || type.contains("latin1")
                        || type.endsWith("jsonx"));
    }

    /** The status of a refusal of the whole body, or 0. */
    int bodyRefusal() {
        return body.refusal(type.equals("application/x-ndjson"));
    }

    int count() {
        return body.count();
    }
}
