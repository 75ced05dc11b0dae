package dev.persistence.bench.load;

import dev.persistence.bench.workload.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Puts requests into HTTP; their heads differ by type and length only. Used by the event loop alone. */
final class RequestHead {

    private final String host;
    private final Map<String, byte[]> byType = new HashMap<>(); // each up to the digits of the length

    RequestHead(String host) {
        this.host = host;
    }

    /** The request in a buffer of its own: the body's array is free for the next one at once. */
    ByteBuf message(Request request, ByteBufAllocator allocator) {
        byte[] head = byType.computeIfAbsent(request.type(), this::head);
        byte[] body = request.body();
        byte[] length = (body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuf message = allocator.directBuffer(head.length + length.length + body.length);
        return message.writeBytes(head).writeBytes(length).writeBytes(body);
    }

    private byte[] head(String type) {
        String text = "POST /api/v1/persistence/" + type + "/batch HTTP/1.1\r\n"
                + "Host: " + host + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: ";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
