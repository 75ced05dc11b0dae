/**
 * Spans by the OpenTelemetry SDK, sent by OTLP over HTTP, configured by the standard variables {@code OTEL_…}. The only
 * place that knows that library, which is not even loaded unless tracing is on.
 */
package dev.persistence.tracing.export;
