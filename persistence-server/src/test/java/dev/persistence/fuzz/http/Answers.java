package dev.persistence.fuzz.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.fuzz.decode.JsonModel;
import dev.persistence.fuzz.decode.JsonModel.NotJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads all that a connection was sent, strictly: every byte of it must belong to a well-formed answer. */
final class Answers {

    private static final Pattern HEAD = Pattern.compile("HTTP/1\\.1 (\\d{3}) [A-Za-z -]+\r\n((?:[^\r\n]+\r\n)*)\r\n");
    private static final Pattern HEADER = Pattern.compile("([!-9;-~]+): ([ -~]*)\r\n");
    private static final Pattern COUNT = Pattern.compile("\"status\":\"(?:accepted|written)\",\"count\":(\\d+),");
    private static final String NEXT = "HTTP/1.1 ";

    /** One answer; the body is empty for an interim one and where HEAD asked. */
    record Answer(int status, Map<String, String> headers, String body) {

        boolean closes() {
            return "close".equals(headers.get("connection"));
        }

        /** Records that were taken or written, or -1 where it does not say. */
        int count() {
            Matcher count = COUNT.matcher(body);
            return count.find() ? Integer.parseInt(count.group(1)) : -1;
        }
    }

    private Answers() {}

    static List<Answer> read(byte[] received) {
        String text = new String(received, StandardCharsets.ISO_8859_1);
        List<Answer> answers = new ArrayList<>();
        Matcher head = HEAD.matcher(text);
        for (int at = 0; at < text.length(); ) {
            assertTrue(head.region(at, text.length()).lookingAt(), "no answer begins here: " + text.substring(at));
            int status = Integer.parseInt(head.group(1));
            Map<String, String> headers = headers(head.group(2));
            int bodyAt = head.end();
            int length = status == 100 ? 0 : Integer.parseInt(headers.get("content-length"));
            if (text.startsWith(NEXT, bodyAt) || bodyAt == text.length()) {
                length = 0; // it would be a document
            }
            assertTrue(bodyAt + length <= text.length(), "cut off: " + text.substring(at));
            Answer answer = new Answer(status, headers, text.substring(bodyAt, bodyAt + length));
            check(answer);
            answers.add(answer);
            at = bodyAt + length;
        }
        return answers;
    }

    private static Map<String, String> headers(String lines) {
        Map<String, String> headers = new HashMap<>();
        Matcher header = HEADER.matcher(lines);
        int end = 0;
        while (header.find()) {
            assertEquals(end, header.start(), lines);
            end = header.end();
            assertTrue(headers.put(header.group(1).toLowerCase(Locale.ROOT), header.group(2)) == null, lines);
        }
        assertEquals(lines.length(), end, lines);
        return headers;
    }

    /** What the contract says of every answer. */
    private static void check(Answer answer) {
        int status = answer.status();
        assertTrue(status != 500, answer::toString);
        if (status == 100) {
            assertEquals(Map.of(), answer.headers());
            return;
        }
        boolean problem = "application/problem+json".equals(answer.headers().get("content-type"));
        assertTrue(answer.headers().containsKey("date"), answer::toString);
        assertTrue(problem || status < 300 || status == 503, answer::toString);
        assertEquals(status == 503, answer.headers().containsKey("retry-after"), answer::toString);
        assertEquals(status == 405, answer.headers().containsKey("allow"), answer::toString);
        if (!answer.body().isEmpty()) {
            checkBody(answer, problem);
        }
    }

    private static void checkBody(Answer answer, boolean problem) {
        if (answer.headers().get("content-type").startsWith("text/html")) {
            assertTrue(answer.body().startsWith("<!doctype html>"), answer::toString);
            assertTrue(answer.body().endsWith("</html>\n"), answer::toString);
            return;
        }
        try {
            JsonModel json = new JsonModel(answer.body());
            assertEquals(JsonModel.Kind.OBJECT, json.value().kind());
            assertTrue(json.atEnd(), answer.body());
        } catch (NotJson broken) {
            throw new AssertionError(answer.body(), broken);
        }
        if (problem) {
            assertTrue(answer.body().contains("\"status\":" + answer.status()), answer.body());
        }
    }
}
