package dev.persistence.tracing.export;

import dev.persistence.tracing.FlushTracing;
import dev.persistence.tracing.RequestHeaders;
import dev.persistence.tracing.RequestSpan;
import dev.persistence.tracing.TracedDatabase;
import dev.persistence.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracing by the SDK. What its spans cost is the sampler's decision; its queue is bounded and never waited for. */
final class SdkTracing implements Tracing {

    private static final Logger LOG = LoggerFactory.getLogger(SdkTracing.class);

    private static final String SCOPE = "dev.persistence";

    /** Requests between two flushes that are remembered for a link. */
    private static final int MOST_CARRIED = 4096;

    /** An orderly stop must not hang on a collector that is away. */
    private static final long CLOSE_SECONDS = 3;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final ExporterLog complaints;
    private final CarriedRequests<SpanContext> carried = new CarriedRequests<>(MOST_CARRIED);

    SdkTracing(OpenTelemetrySdk sdk, String version, ExporterLog complaints) {
        this.sdk = sdk;
        this.tracer = sdk.getTracerProvider().get(SCOPE, version);
        this.complaints = complaints;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public RequestSpan request(String method, boolean secure, RequestHeaders headers) {
        Context parent =
                sdk.getPropagators().getTextMapPropagator().extract(Context.root(), headers, HeaderGetter.INSTANCE);
        Span span = tracer.spanBuilder(method)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(Names.HTTP_METHOD, method)
                .setAttribute(Names.URL_SCHEME, secure ? "https" : "http")
                .startSpan();
        return new ServerSpan(span, method);
    }

    @Override
    public void carries(long first, long last) {
        Span span = Span.current();
        if (span.getSpanContext().isSampled()) {
            span.setAttribute(Names.RECORDS, last - first + 1);
            carried.add(first, last, span.getSpanContext());
        }
    }

    @Override
    public FlushTracing flushes(TracedDatabase database) {
        return new DatabaseSpans(tracer, carried, database);
    }

    @Override
    public void close() {
        if (!sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS).isSuccess()) {
            LOG.warn("Tracing: the last spans were not sent within {} s of the stop", CLOSE_SECONDS);
        }
        complaints.close();
    }

    /** Reads headers of which several of one name are one list; of {@code traceparent} there is one, or it is not valid. */
    private enum HeaderGetter implements TextMapGetter<RequestHeaders> {
        INSTANCE;

        @Override
        public String get(RequestHeaders headers, String name) {
            List<String> values = headers == null ? List.of() : headers.all(name);
            return values.isEmpty() ? null : String.join(",", values);
        }
    }
}
