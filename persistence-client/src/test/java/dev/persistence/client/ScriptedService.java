package dev.persistence.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Takes requests as the service does, and answers as a test wants it to. The script is called by connection threads. */
final class ScriptedService implements AutoCloseable {

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Function<Request, Reply> script;

    /** @param connection the number of its connection, from 0 */
    record Request(String path, Map<String, String> headers, String body, int connection) {}

    /** @param length of the body that the head promises; with 0 as status, the connection is closed without an answer */
    record Reply(int status, String body, int length) {

        static final Reply CUT = new Reply(0, "", 0);
        static final Reply ACCEPTED = of(202, "{\"status\":\"accepted\"}");

        /** The service is stopping. */
        static final Reply DRAINING = of(503, "{\"type\":\"/problems/draining\",\"detail\":\"stopping\"}");

        /** No answer as long as the connection lasts. */
        static final Reply SILENCE = new Reply(-1, "", 0);

        static Reply of(int status, String body) {
            return new Reply(status, body, body.length());
        }

        /** The head, and never the rest. */
        static Reply headOnly(int status) {
            return new Reply(status, "", 10);
        }

        static Reply faults(int count, int... named) {
            StringBuilder errors = new StringBuilder();
            for (int index : named) {
                errors.append(errors.isEmpty() ? "" : ",")
                        .append("{\"pointer\":\"/tasks/" + index + "/row_index\",\"detail\":\"must be an integer\"}");
            }
            return of(422, "{\"detail\":\"faults\",\"errors\":[" + errors + "],\"error_count\":" + count + "}");
        }
    }

    ScriptedService(Function<Request, Reply> script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** All requests that have arrived, each noted before it is answered. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<String> bodies() {
        return requests().stream().map(Request::body).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                int number = sockets.size();
                sockets.add(socket);
                threads.execute(() -> serve(socket, number));
            }
        } catch (IOException closed) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(closed);
            }
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request next = read(in, connection); next != null; next = read(in, connection)) {
                requests.add(next);
                Reply reply = script.apply(next);
                if (reply.status() == 0) {
                    return;
                } else if (reply.status() > 0) {
                    socket.getOutputStream().write(bytes(reply));
                }
            }
        } catch (IOException gone) { // the client or the end of the test closed it
            sockets.remove(socket);
        }
    }

    private static byte[] bytes(Reply reply) {
        return ("HTTP/1.1 " + reply.status() + " Some\r\nContent-Length: " + reply.length() + "\r\n\r\n" + reply.body())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Request read(InputStream in, int connection) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(": ", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        if (headers.containsKey("content-encoding")) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        String path = first.split(" ", 3)[1].replace("/api/v1/persistence/", "");
        return new Request(path, headers, new String(body, StandardCharsets.UTF_8), connection);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
