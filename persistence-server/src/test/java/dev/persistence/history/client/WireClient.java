package dev.persistence.history.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection, over which requests go without waiting for answers. One thread. */
public final class WireClient implements AutoCloseable {

    /** Beyond every fault that is not over by then: who waits so long, waits for ever. */
    private static final int HANG_MILLIS = 40_000;

    private static final int CONNECT_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    public WireClient(int port) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(HANG_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** An answer's status and body. */
    public record Answer(int status, String body) {

        /** A number of its JSON, by the member's name. */
        public long number(String member) {
            int at = body.indexOf("\"" + member + "\":");
            if (at < 0) {
                throw new IllegalStateException("no " + member + " in " + body);
            }
            int start = at + member.length() + 3;
            int end = start;
            while (Character.isDigit(body.charAt(end)) || body.charAt(end) == '-') {
                end++;
            }
            return Long.parseLong(body.substring(start, end));
        }
    }

    void send(byte[] bytes, int from, int to) throws IOException {
        socket.getOutputStream().write(bytes, from, to - from);
    }

    /** Sends a request and waits for its answer. */
    public Answer send(byte[] request) throws IOException {
        send(request, 0, request.length);
        return answer();
    }

    /**
     * Sends a request without records and waits for its answer.
     *
     * @throws java.net.SocketTimeoutException if there is none for so long that there will be none
     */
    public Answer ask(String method, String path) throws IOException {
        return send(Requests.empty(method, path));
    }

    Answer answer() throws IOException {
        String statusLine = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).trim());
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the connection ended within an answer");
        }
        return new Answer(Integer.parseInt(statusLine.substring(9, 12)), new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).trim();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
