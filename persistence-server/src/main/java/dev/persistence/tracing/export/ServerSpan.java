package dev.persistence.tracing.export;

import dev.persistence.tracing.RequestSpan;
import dev.persistence.tracing.Scope;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** The span of a request, by the semantic conventions of HTTP servers. The connection's event loop. */
final class ServerSpan implements RequestSpan {

    private static final String NOT_ANSWERED = "connection_closed";
    private static final int CLIENT_ERRORS = 400;
    private static final int SERVER_ERRORS = 500;

    private final Span span;
    private final String method;
    private boolean answered; // owned by the event loop

    ServerSpan(Span span, String method) {
        this.span = span;
        this.method = method;
    }

    @Override
    public boolean isRecording() {
        return span.isRecording();
    }

    @Override
    public void route(String path) {
        span.updateName(method + " " + path);
        span.setAttribute(Names.HTTP_ROUTE, path);
        span.setAttribute(Names.URL_PATH, path); // the service's own words; an unknown path would be the client's
    }

    @Override
    public Scope enter() {
        return SpanScope.enter(span);
    }

    @Override
    public void answered(int status, String problem) {
        answered = true;
        span.setAttribute(Names.HTTP_STATUS, status);
        if (status >= CLIENT_ERRORS && problem != null) {
            span.addEvent(Names.REQUEST_REFUSED, Attributes.of(Names.PROBLEM_TYPE, problem));
        }
        if (status >= SERVER_ERRORS) {
            fail(Integer.toString(status));
        }
    }

    @Override
    public void end() {
        if (!answered) {
            fail(NOT_ANSWERED);
        }
        span.end();
    }

    private void fail(String errorType) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(Names.ERROR_TYPE, errorType);
    }
}
