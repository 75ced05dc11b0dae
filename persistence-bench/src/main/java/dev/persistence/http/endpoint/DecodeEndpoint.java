package dev.persistence.http.endpoint;

import dev.persistence.decode.BatchDecoder;
import dev.persistence.decode.BodyFormat;
import dev.persistence.decode.DecodeResult;
import dev.persistence.decode.DecodedBatch;
import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Moments;
import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.Refused;
import dev.persistence.http.body.ContentCoding;
import dev.persistence.http.body.MediaType;
import dev.persistence.http.openapi.Paths;
import dev.persistence.ring.ArrivalClock;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.PipelineMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.HashMap;
import java.util.Map;

/**
 * Does with a batch request what {@link BatchEndpoint} does, but for the ring: decodes it, checks it, and answers 202.
 * Event loops.
 */
public final class DecodeEndpoint implements Endpoint {

    private final RecordType type;
    private final FastThreadLocal<BatchDecoder> decoders;
    private final EndpointSettings settings;
    private final ArrivalClock clock;
    private final PipelineMetrics metrics;

    private DecodeEndpoint(
            RecordType type,
            FastThreadLocal<BatchDecoder> decoders,
            EndpointSettings settings,
            ArrivalClock clock,
            PipelineMetrics metrics) {
        this.type = type;
        this.decoders = decoders;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The batch routes of these types, and no other. */
    public static Router routes(
            RecordTypes types, EndpointSettings settings, ArrivalClock clock, PipelineMetrics metrics) {
        FastThreadLocal<BatchDecoder> decoders = new FastThreadLocal<>() {
            @Override
            protected BatchDecoder initialValue() {
                return new BatchDecoder(types, settings.naiveTimeZone(), settings.maxRecordsPerRequest());
            }
        };
        Map<String, Route> routes = new HashMap<>();
        for (RecordType type : types) {
            Endpoint endpoint = new DecodeEndpoint(type, decoders, settings, clock, metrics);
            routes.put(Paths.batch(type.name()), Route.post("batch." + type.name(), endpoint));
        }
        return new Router(routes, types);
    }

    @Override
    public boolean takesBody() {
        return true;
    }

    @Override
    public Work admit(HttpRequest head) throws Refused {
        BodyFormat format = MediaType.format(head.headers());
        ContentCoding coding = ContentCoding.of(head.headers());
        return (body, loop) -> Endpoint.now(taken(decode(format, coding.unpack(body, settings.maxRequestBytes()))));
    }

    private int decode(BodyFormat format, ByteBuf body) throws Refused {
        long start = clock.nanos();
        DecodeResult result = decoders.get()
                .decode(type, format, body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
        if (result instanceof DecodedBatch batch) {
            metrics.decoded(clock.nanos() - start, batch.unknownFields());
            return batch.records();
        }
        throw Refused.with(
                Problem.of(HttpResponseStatus.UNPROCESSABLE_ENTITY, "the service would refuse it: " + result));
    }

    private Answer taken(int count) {
        String now = Moments.text(clock.micros());
        return Answer.json(HttpResponseStatus.ACCEPTED, json -> {
            json.writeStringField("status", "accepted");
            json.writeNumberField("count", count);
            json.writeStringField("timestamp", now);
        });
    }
}
