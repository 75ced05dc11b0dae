package dev.persistence.http;

import dev.persistence.http.body.BodyBudget;
import dev.persistence.http.endpoint.Router;
import dev.persistence.http.security.Security;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.tracing.Tracing;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * What a connection is made of. The library's keep-alive and 100-continue handlers are not among it, because what they
 * decide hangs together here: a refusal before the body may leave the connection without framing, and then it must
 * linger and not close at once.
 */
final class HttpPipeline extends ChannelInitializer<Channel> {

    static final int MAX_LINE = 4096;
    static final int MAX_HEADERS = 16384;
    private static final int MAX_CHUNK = 65536;

    private final HttpSettings settings;
    private final Admission admission;
    private final Connections connections;
    private final PipelineMetrics metrics;
    private final BodyBudget budget;
    private final Security security;
    private final Tracing tracing;

    HttpPipeline(
            HttpSettings settings,
            Router router,
            Connections connections,
            PipelineMetrics metrics,
            BodyBudget budget,
            Security security,
            Tracing tracing) {
        this.settings = settings;
        this.admission = new Admission(router, security.guard(), budget, connections::draining);
        this.connections = connections;
        this.metrics = metrics;
        this.budget = budget;
        this.security = security;
        this.tracing = tracing;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!connections.tryOpen(channel)) {
            channel.pipeline()
                    .addLast(new SurplusConnection(
                            metrics, settings.maxConnections(), security.tls().isPresent()));
            return;
        }
        security.tls().ifPresent(tls -> tls.protect(channel, settings.requestTimeout()));
        RequestDecoder decoder = new RequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxChunkSize(MAX_CHUNK));
        ConnectionTimer timer = new ConnectionTimer(decoder, settings.requestTimeout(), settings.idleTimeout());
        channel.pipeline()
                .addLast(new FlushConsolidationHandler()) // one flush for all answers of a read
                .addLast(decoder)
                .addLast(new HttpResponseEncoder())
                .addLast(timer)
                .addLast(new FlowControlHandler()) // holds what is decoded while nothing more is taken
                .addLast(new RequestHandler(admission, connections, metrics, timer, budget, tracing));
    }
}
