package dev.persistence.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** The library's decoder, which also tells whether a request has begun and is not complete. */
final class RequestDecoder extends HttpRequestDecoder {

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
        return super.createMessage(initialLine);
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
