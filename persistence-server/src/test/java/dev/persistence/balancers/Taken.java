package dev.persistence.balancers;

import dev.persistence.Client.Answer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which instance gave an answer, as the balancer says it. */
final class Taken {

    private static final Pattern LAST_PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)$"); // of all that were tried

    private Taken() {}

    static int port(Answer answer) {
        String tried = answer.http().headers().firstValue("X-Instance").orElse("nothing");
        Matcher last = LAST_PORT.matcher(tried);
        if (!last.find()) {
            throw new AssertionError("X-Instance is " + tried);
        }
        return Integer.parseInt(last.group(1));
    }
}
