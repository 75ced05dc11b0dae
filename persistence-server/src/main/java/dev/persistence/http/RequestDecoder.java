package dev.persistence.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * The library's decoder, which also tells whether a request has begun and is not complete. It is stricter where two
 * readers of the same bytes might see different requests.
 */
final class RequestDecoder extends HttpRequestDecoder {

    private static final char DELETE = 0x7f;

    // Owned by the connection's event loop.
    private boolean begun;
    private long completed;

    RequestDecoder(HttpDecoderConfig config) {
        super(config);
    }

    /** Whether bytes of a request have arrived and its last one has not. */
    boolean incomplete() {
        return begun || actualReadableBytes() > 0;
    }

    /** Requests that arrived whole. */
    long completed() {
        return completed;
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) throws Exception {
        begun = true;
        if (!initialLine[2].startsWith("HTTP/")) {
            throw new IllegalArgumentException("the protocol's name is in capitals");
        }
        if (initialLine[1].chars().anyMatch(next -> next <= ' ' || next == DELETE)) {
            throw new IllegalArgumentException("a control character in the target");
        }
        return super.createMessage(initialLine);
    }

    /**
     * A request without a length has no body. The library knows better of an early draft of WebSocket, and would take
     * the beginning of the next request for one.
     */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return !message.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && !message.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
        super.decode(ctx, buffer, out);
        if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent) {
            begun = false;
            completed++;
        }
    }
}
