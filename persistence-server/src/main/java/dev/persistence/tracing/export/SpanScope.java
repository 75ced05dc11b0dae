package dev.persistence.tracing.export;

import dev.persistence.tracing.Scope;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.slf4j.MDC;

/** Makes a span the thread's current one, and puts its ids into what the thread logs. Owned by the thread that entered. */
final class SpanScope implements Scope {

    private static final String TRACE_ID = "trace_id";
    private static final String SPAN_ID = "span_id";

    private final io.opentelemetry.context.Scope current;

    private SpanScope(io.opentelemetry.context.Scope current) {
        this.current = current;
    }

    @SuppressWarnings("MustBeClosedChecker") // closed with the scope that is returned
    static Scope enter(Span span) {
        SpanContext ids = span.getSpanContext();
        MDC.put(TRACE_ID, ids.getTraceId());
        MDC.put(SPAN_ID, ids.getSpanId());
        return new SpanScope(span.makeCurrent());
    }

    @Override
    public void close() {
        current.close();
        MDC.remove(TRACE_ID);
        MDC.remove(SPAN_ID);
    }
}
