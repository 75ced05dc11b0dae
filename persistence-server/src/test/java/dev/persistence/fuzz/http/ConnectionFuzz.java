package dev.persistence.fuzz.http;

import dev.persistence.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Any bytes as what a client sends. The first byte chooses how, see {@link Conversation}. */
public final class ConnectionFuzz implements FuzzTarget {

    private static final String BATCH = "POST /api/v1/persistence/sessions/batch HTTP/1.1\\nHost: a\\n";
    private static final String SESSION =
            "{\"session_id\":\"s\",\"filename\":\"\",\"file_path\":\"\",\"status\":\"n\",\"llm_provider\":\"\"}";
    private static final String LIVE = "GET /health/live HTTP/1.1\\nHost: a\\n\\n";

    /** {@code \n} ends a line of HTTP; all else stands as it is sent. */
    private static final String[] SEEDS = {
        LIVE + LIVE + "GET / HTTP/1.1\\nHost: a\\nAccept: text/html\\n\\n" + LIVE,
        "GET /openapi.json HTTP/1.1\\nHost: a\\n\\nGET /health HTTP/1.1\\nHost: a\\n\\nHEAD /health/ready HTTP/1.1\\nHost: a\\n\\n",
        "GET /api/v1/persistence/stats?x HTTP/1.1\\nHost: a\\n\\nGET /metrics HTTP/1.1\\nHost: a\\n\\n",
        BATCH + "Content-Length: 102\\n\\n{\"sessions\":[" + SESSION + "]}" + LIVE,
        BATCH + "Content-Length: 88\\nContent-Type: application/x-ndjson\\n\\n" + SESSION + LIVE,
        BATCH.replace("batch ", "batch?ack=written ") + "Content-Length: 102\\n\\n{\"sessions\":[" + SESSION + "]}"
                + LIVE,
        BATCH + "Transfer-Encoding: chunked\\n\\n5\\n{\"ses\\nA;x=\"y\"\\nsions\":[]}\\n0\\nT: v\\n\\n" + LIVE,
        BATCH + "Transfer-Encoding: chunked\\n\\n0\\n\\n" + LIVE,
        BATCH + "Transfer-Encoding: chunked\\n\\n0000000000000000000005\\nabcde\\n0\\n\\n",
        BATCH + "Transfer-Encoding: chunked\\n\\n7fffffff\\nabc",
        BATCH + "Transfer-Encoding: chunked\\n\\nffffffffff\\nabc",
        BATCH + "Transfer-Encoding: chunked\\n\\n-1\\nabc",
        BATCH + "Transfer-Encoding: chunked\\n\\n5\\nabcdefg\\n0\\n\\n",
        BATCH + "Transfer-Encoding: chunked\\n\\n 5 \\nabcde\\n0\\n\\n",
        BATCH + "Transfer-Encoding: chunked\\nContent-Length: 5\\n\\n0\\n\\n" + LIVE,
        BATCH + "Transfer-Encoding: gzip, chunked\\n\\n0\\n\\n" + LIVE,
        BATCH + "Transfer-Encoding: chunked\\nTransfer-Encoding: chunked\\n\\n0\\n\\n" + LIVE,
        BATCH + "Transfer-Encoding : chunked\\n\\n0\\n\\n" + LIVE,
        BATCH + "Transfer-Encoding:\u000bchunked\\n\\n0\\n\\n" + LIVE,
        BATCH + "Content-Length: 3\\nContent-Length: 3\\n\\nabc" + LIVE,
        BATCH + "Content-Length: 3, 3\\n\\nabc" + LIVE,
        BATCH + "Content-Length: 3\\nContent-Length: 4\\n\\nabcd" + LIVE,
        BATCH + "Content-Length: +3\\n\\nabc" + LIVE,
        BATCH + "Content-Length: -3\\n\\nabc" + LIVE,
        BATCH + "Content-Length: 0x3\\n\\nabc" + LIVE,
        BATCH + "Content-Length: 9223372036854775808\\n\\nabc" + LIVE,
        BATCH + "Content-Length:\\n\\nabc" + LIVE,
        BATCH + "Content-Length: 1001\\n\\n" + "x".repeat(1001) + LIVE,
        BATCH + "Content-Length: 2001\\n\\n" + "x".repeat(300) + LIVE,
        BATCH + "Expect: 100-continue\\nContent-Length: 2\\n\\n{}" + LIVE,
        BATCH + "Expect: 100-continue\\nContent-Type: text/plain\\nContent-Length: 2\\n\\n{}" + LIVE,
        BATCH + "Expect: gold\\nContent-Length: 2\\n\\n{}" + LIVE,
        BATCH + "Content-Encoding: gzip\\nContent-Length: 4\\n\\n\u001f\u008b\b\u0000" + LIVE,
        BATCH + "Content-Encoding: deflate\\nContent-Length: 4\\n\\nx\u009c\u0003\u0000" + LIVE,
        "GET / HTTP/1.1\\nHost: a\\n folded: b\\n\\n" + LIVE,
        "GET / HTTP/1.1\\n Host: a\\n\\n" + LIVE,
        "GET / HTTP/1.1\\nHost: a\rX: b\\n\\n" + LIVE,
        "GET / HTTP/1.1\nHost: a\n\n" + LIVE,
        "GET / HTTP/1.1\\nHost: a\\nX: \u0000\\n\\n" + LIVE,
        "GET / HTTP/1.1\\nHost: a\\n: b\\n\\n" + LIVE,
        "GET / HTTP/1.1\\nHost: a\\nX\\n\\n" + LIVE,
        "GET / HTTP/1.1\\nHost: a\\nHost: b\\n\\n" + LIVE,
        "GET / HTTP/1.1\\n\\n" + LIVE,
        "GET / HTTP/1.0\\n\\n" + LIVE,
        "GET / HTTP/1.0\\nConnection: keep-alive\\n\\n" + LIVE,
        "GET / HTTP/1.1\\nHost: a\\nConnection: close\\n\\n" + LIVE,
        "GET / HTTP/2.0\\nHost: a\\n\\n" + LIVE,
        "GET / HTTP/1.12\\nHost: a\\n\\n" + LIVE,
        "PRI * HTTP/2.0\\n\\nSM\\n\\n",
        "GET / HTTP/1.1\\nHost: a\\nUpgrade: websocket\\nConnection: Upgrade\\n\\n" + LIVE,
        "GET http://a:8001/health/live HTTP/1.1\\nHost: a\\n\\n" + LIVE,
        "GET http://a HTTP/1.1\\nHost: a\\n\\nGET :// HTTP/1.1\\nHost: a\\n\\n",
        "OPTIONS * HTTP/1.1\\nHost: a\\n\\nCONNECT a:1 HTTP/1.1\\nHost: a\\n\\nTRACE / HTTP/1.1\\nHost: a\\n\\n" + LIVE,
        "POST /api/v1/persistence/flush HTTP/1.1\\nHost: a\\nContent-Length: 3\\n\\nabc" + LIVE,
        "POST /api/v1/persistence/sessions/batch?ack=%zz HTTP/1.1\\nHost: a\\nContent-Length: 0\\n\\n" + LIVE,
        "GET /%00/../\u00e9 HTTP/1.1\\nHost: a\\n\\n" + LIVE,
        "\\n\\n\\n" + LIVE,
        "rubbish",
        "GET",
        "GET / HTTP/1.1\\nHost: a\\nX: " + "x".repeat(300),
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
        "GET /" + "a".repeat(4200) + " HTTP/1.1\\nHost: a\\n\\n" + LIVE,
        "GET / HTTP/1.1\\nHost: a\\n" + "X: 123456789012345678901234567890\\n".repeat(500) + "\\n" + LIVE,
        "",
    };

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        int way = 0;
        for (String seed : SEEDS) {
            String title = seed.length() > 100 ? seed.substring(0, 100) + "…" : seed;
            byte[] bytes = (" " + seed.replace("\\n", "\r\n")).getBytes(StandardCharsets.ISO_8859_1);
            way = (way + 37) % 256;
            bytes[0] = (byte) way;
            seeds.put(title.replaceAll("[^ -~…]", "?") + " (way " + way + ")", bytes);
        }
        return seeds;
    }

    @Override
    public String[] words() {
        return new String[] {
            "GET ",
            "POST ",
            "HEAD ",
            " HTTP/1.1\r\n",
            " HTTP/1.0\r\n",
            "\r\n\r\n",
            "Host: a\r\n",
            "Content-Length: ",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "Content-Encoding: gzip\r\n",
            "Content-Type: application/x-ndjson\r\n",
            "0\r\n\r\n",
            "?ack=written",
            "/api/v1/persistence/sessions/batch",
            "/api/v1/persistence/flush",
            "/health/live",
            "\r",
            "\n",
            "\t",
            "\0"
        };
    }

    @Override
    public void take(byte[] input) {
        int way = input.length == 0 ? 0 : input[0] & 0xFF;
        new Conversation(Arrays.copyOfRange(input, Math.min(1, input.length), input.length), way).hold();
    }
}
