package dev.persistence.tracing.export;

import dev.persistence.tracing.FlushSpan;
import dev.persistence.tracing.Scope;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** The span of one flush, by the semantic conventions of database clients. Writer thread. */
final class DatabaseSpan implements FlushSpan {

    private final Span span;

    // Owned by the writer thread.
    private long records;
    private long rows;
    private long retries;

    DatabaseSpan(Span span) {
        this.span = span;
    }

    @Override
    public Scope enter() {
        return SpanScope.enter(span);
    }

    @Override
    public void written(String type, int recordsOfType, int rowsOfType) {
        records += recordsOfType;
        rows += rowsOfType;
        span.setAttribute(Names.records(type), (long) recordsOfType);
        span.setAttribute(Names.rows(type), (long) rowsOfType);
    }

    @Override
    public void refused(String type, int refused, String reason) {
        report(Names.RECORDS_REFUSED, type, refused, reason);
    }

    @Override
    public void lost(String type, int lost, String reason) {
        report(Names.RECORDS_LOST, type, lost, reason);
        span.setStatus(StatusCode.ERROR, "records lost: " + reason);
        span.setAttribute(Names.ERROR_TYPE, reason);
    }

    private void report(String event, String type, int count, String reason) {
        records += count;
        span.addEvent(event, Attributes.of(Names.RECORD_TYPE, type, Names.RECORDS, (long) count, Names.REASON, reason));
    }

    void retried() {
        retries++;
    }

    @Override
    public void end() {
        span.setAttribute(Names.RECORDS, records);
        span.setAttribute(Names.ROWS, rows);
        setIfAny(Names.RETRIES, retries, 1);
        setIfAny(Names.DB_BATCH_SIZE, rows, 2); // by the conventions, a single one is no batch
        span.end();
    }

    private void setIfAny(AttributeKey<Long> key, long value, long least) {
        if (value >= least) {
            span.setAttribute(key, value);
        }
    }
}
