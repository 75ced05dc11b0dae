package dev.persistence.tracing.export;

import dev.persistence.tracing.FlushSpan;
import dev.persistence.tracing.FlushTracing;
import dev.persistence.tracing.TracedDatabase;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;

/** Makes the spans of flushes, each the root of a trace of its own, linked to the requests it carries. Writer thread. */
final class DatabaseSpans implements FlushTracing {

    private static final String OPERATION = "INSERT";

    /** A trace viewer shows no more with profit, and the SDK keeps 128 by default. */
    private static final int MOST_LINKS = 64;

    private final Tracer tracer;
    private final CarriedRequests<SpanContext> carried;
    private final TracedDatabase database;

    // Owned by the writer thread.
    private DatabaseSpan current; // null before the first

    DatabaseSpans(Tracer tracer, CarriedRequests<SpanContext> carried, TracedDatabase database) {
        this.tracer = tracer;
        this.carried = carried;
        this.database = database;
    }

    @Override
    public FlushSpan begin(String reason, long first, long last) {
        SpanBuilder builder = tracer.spanBuilder(OPERATION + " " + database.namespace())
                .setNoParent()
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(Names.DB_SYSTEM, database.system())
                .setAttribute(Names.DB_NAMESPACE, database.namespace())
                .setAttribute(Names.DB_OPERATION, OPERATION)
                .setAttribute(Names.SERVER_ADDRESS, database.address())
                .setAttribute(Names.SERVER_PORT, (long) database.port())
                .setAttribute(Names.FLUSH_REASON, reason);
        CarriedRequests.Taken<SpanContext> requests = carried.take(last, MOST_LINKS);
        requests.requests().forEach(builder::addLink);
        Span span = builder.startSpan();
        if (requests.omitted() > 0) {
            span.setAttribute(Names.OMITTED_LINKS, requests.omitted());
        }
        current = new DatabaseSpan(span);
        return current;
    }

    @Override
    public void retried() {
        if (current != null) {
            current.retried();
        }
    }
}
