package dev.persistence.telemetry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All figures as one page for a monitoring system. Any thread; returns at once. */
public interface Exposition {

    /** How the page is written. */
    enum Format {
        /** Prometheus' own text format. */
        TEXT("text/plain; version=0.0.4; charset=utf-8"),
        /** OpenMetrics. */
        OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        /** Its media type. */
        public String contentType() {
            return contentType;
        }
    }

    /**
     * The page as it is now; whoever asks while it is being written gets the same one.
     *
     * @param packed whether it is to be packed with gzip
     * @return completed on a thread that must not be held up
     */
    CompletionStage<byte[]> page(Format format, boolean packed);

    /** An empty page; for tests and benchmarks of a single station. */
    Exposition NONE = (format, packed) -> CompletableFuture.completedFuture(new byte[0]);
}
