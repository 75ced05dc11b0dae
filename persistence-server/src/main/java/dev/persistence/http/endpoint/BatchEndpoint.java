package dev.persistence.http.endpoint;

import dev.persistence.decode.BatchDecoder;
import dev.persistence.decode.BodyFormat;
import dev.persistence.decode.DecodeResult;
import dev.persistence.decode.DecodeResult.Invalid;
import dev.persistence.decode.DecodedBatch;
import dev.persistence.decode.Fault;
import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Moments;
import dev.persistence.http.answer.Problem;
import dev.persistence.http.answer.ProblemType;
import dev.persistence.http.answer.Refused;
import dev.persistence.http.body.ContentCoding;
import dev.persistence.http.body.MediaType;
import dev.persistence.ring.Mark;
import dev.persistence.ring.WrittenReport;
import dev.persistence.schema.RecordType;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /api/v1/persistence/{type}/batch}: all records of the request go onto the ring, or none.
 *
 * <table>
 * <caption>Answers, beside the refusals of every route</caption>
 * <tr><th>status</th><th>condition</th></tr>
 * <tr><td>202</td><td>all records are on the ring, none is written yet</td></tr>
 * <tr><td>200</td><td>with {@code ack=written}: all records are committed</td></tr>
 * <tr><td>400</td><td>not JSON, not UTF-8, damaged packing, or a query other than {@code ack=written}</td></tr>
 * <tr><td>413</td><td>too many bytes, packed or unpacked, or too many records</td></tr>
 * <tr><td>415</td><td>another content type or encoding</td></tr>
 * <tr><td>422</td><td>records do not fit the declaration, and nothing was taken; or, with {@code ack=written}, the
 * database refused some, and all others are written</td></tr>
 * <tr><td>503 with Retry-After</td><td>no room, and nothing was taken; or, with {@code ack=written}, records were lost
 * with their batch</td></tr>
 * </table>
 */
final class BatchEndpoint implements Endpoint {

    private final RecordType type;
    private final RecordFlow flow;
    private final FastThreadLocal<BatchDecoder> decoders;
    private final int maxRequestBytes;
    private final String writtenLabel;

    /** @param decoders one decoder an event loop, shared by all record types */
    BatchEndpoint(RecordType type, RecordFlow flow, FastThreadLocal<BatchDecoder> decoders, int maxRequestBytes) {
        this.type = type;
        this.flow = flow;
        this.decoders = decoders;
        this.maxRequestBytes = maxRequestBytes;
        this.writtenLabel = label(type) + ".written";
    }

    /** The name under which its route is measured. */
    static String label(RecordType type) {
        return "batch." + type.name();
    }

    /** A request that waits for a commit is measured apart: its time says nothing of the others'. */
    @Override
    public String label(String route, HttpRequest head) {
        try {
            return AckParameter.asksForWritten(head.uri()) ? writtenLabel : route;
        } catch (Refused badQuery) { // which it is answered with in its turn
            return route;
        }
    }

    @Override
    public boolean takesBody() {
        return true;
    }

    @Override
    public Work admit(HttpRequest head) throws Refused {
        boolean written = AckParameter.asksForWritten(head.uri());
        BodyFormat format = MediaType.format(head.headers());
        ContentCoding coding = ContentCoding.of(head.headers());
        return new Work() {
            @Override
            public void checkWanted(long bytes) throws Refused {
                if (flow.ring().shortage().covers(bytes)) {
                    throw full(
                            "a request no larger just found no room, and none was freed since; nothing was taken",
                            flow.ring().secondsUntilRoom());
                }
            }

            @Override
            public CompletionStage<Answer> answer(ByteBuf body, EventExecutor loop) throws Refused {
                ByteBuf plain = coding.unpack(body, maxRequestBytes);
                DecodedBatch batch = decode(format, plain);
                return written
                        ? write(batch, plain.readableBytes(), loop)
                        : Endpoint.now(accept(batch, plain.readableBytes()));
            }
        };
    }

    private DecodedBatch decode(BodyFormat format, ByteBuf body) throws Refused {
        long start = flow.clock().nanos();
        DecodeResult result = decoders.get()
                .decode(type, format, body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
        int unknownFields = result instanceof DecodedBatch batch ? batch.unknownFields() : 0;
        flow.metrics().decoded(flow.clock().nanos() - start, unknownFields);
        if (result instanceof DecodedBatch batch) {
            return batch;
        }
        throw Refused.with(refusal(result));
    }

    private static Answer refusal(DecodeResult result) {
        if (result instanceof DecodeResult.Malformed malformed) {
            return Problem.of(HttpResponseStatus.BAD_REQUEST, ProblemType.MALFORMED_BODY, malformed.detail());
        } else if (result instanceof DecodeResult.TooMany tooMany) {
            return Problem.of(
                    HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                    ProblemType.TOO_MANY_RECORDS,
                    "the request has more than " + tooMany.limit()
                            + " records (service.max-records-per-request); nothing was taken");
        } else if (result instanceof Invalid invalid) {
            return Problem.invalid(invalid.faults(), invalid.count());
        }
        throw new IllegalStateException("not a refusal: " + result);
    }

    private Answer accept(DecodedBatch batch, int bodyBytes) throws Refused {
        int count = batch.records();
        long state = flow.ring().shortage().state();
        if (count > 0 && !batch.publish(flow.ring(), flow.clock(), flow.metrics())) {
            throw full(batch, bodyBytes, state);
        }
        return taken(HttpResponseStatus.ACCEPTED, "accepted", count);
    }

    private CompletionStage<Answer> write(DecodedBatch batch, int bodyBytes, EventExecutor loop) throws Refused {
        if (batch.records() == 0) {
            return Endpoint.now(taken(HttpResponseStatus.OK, "written", 0));
        }
        long state = flow.ring().shortage().state();
        Mark.Written mark = batch.publishMarked(flow.ring(), flow.clock(), flow.metrics());
        if (mark == null) {
            throw full(batch, bodyBytes, state);
        }
        return mark.report().thenApplyAsync(this::written, loop);
    }

    private Answer written(WrittenReport report) {
        if (report.lost() > 0) {
            int records = report.written() + report.refusals().size() + report.lost();
            return Problem.unavailable(
                    ProblemType.NOT_WRITTEN,
                    report.lost() + " of " + records + " records were lost with their batch: the database could not"
                            + " take it; send the request again");
        }
        if (!report.refusals().isEmpty()) {
            return refusedByTheDatabase(report);
        }
        return taken(HttpResponseStatus.OK, "written", report.written());
    }

    /** Names records by their places in the request, not on the ring. */
    private Answer refusedByTheDatabase(WrittenReport report) {
        List<Fault> named = report.refusals().stream()
                .limit(Invalid.NAMED_FAULTS)
                .map(refusal ->
                        new Fault("/" + type.name() + "/" + (refusal.sequence() - report.first()), refusal.reason()))
                .toList();
        return Problem.refused(report.written(), named, report.refusals().size());
    }

    private Answer taken(HttpResponseStatus status, String word, int count) {
        String now = Moments.text(flow.clock().micros());
        return Answer.json(status, json -> {
            json.writeStringField("status", word);
            json.writeNumberField("count", count);
            json.writeStringField("timestamp", now);
        });
    }

    private Refused full(DecodedBatch batch, int bodyBytes, long state) {
        int size = flow.ring().size();
        long budget = flow.ring().maxUnwrittenBytes();
        int seconds = flow.ring().secondsUntilRoom(batch.records(), batch.bytes());
        if (batch.records() > size) {
            return full(
                    "the request has " + batch.records() + " records, and the whole ring holds " + size
                            + " (buffer.ring-size): split it; nothing was taken",
                    seconds);
        } else if (batch.bytes() > budget) {
            return full(
                    "the request has " + batch.bytes() + " bytes of values, and all unwritten records may have "
                            + budget + " (buffer.max-unwritten-bytes): split it; nothing was taken",
                    seconds);
        }
        flow.ring().shortage().remember(state, bodyBytes, batch.records(), batch.bytes());
        return full(
                flow.ring().remaining() < batch.records()
                        ? "the ring of " + size + " records has no room for " + batch.records() + "; nothing was taken"
                        : "the byte budget of " + budget + " has no room for " + batch.bytes() + "; nothing was taken",
                seconds);
    }

    private static Refused full(String detail, int seconds) {
        return Refused.with(Problem.unavailable(ProblemType.BUFFER_FULL, detail, seconds));
    }
}
