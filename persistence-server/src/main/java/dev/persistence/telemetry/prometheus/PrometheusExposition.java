package dev.persistence.telemetry.prometheus;

import dev.persistence.telemetry.Exposition;
import dev.persistence.telemetry.registry.Registry;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the page on the thread {@code metrics}. At most one page of each form is being written, and whoever asks meanwhile
 * shares it: many scrapers cost no more than one.
 */
public final class PrometheusExposition implements Exposition, AutoCloseable {

    private static final int EXPECTED_BYTES = 64 * 1024;

    private final Registry registry;
    private final ExecutorService thread;
    private final Map<Form, CompletableFuture<byte[]>> underWay = new ConcurrentHashMap<>();
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

    private record Form(Format format, boolean packed) {}

    public PrometheusExposition(Registry registry) {
        this.registry = registry;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread named = new Thread(task, "metrics");
            named.setDaemon(true);
            return named;
        });
    }

    @Override
    public CompletionStage<byte[]> page(Format format, boolean packed) {
        Form form = new Form(format, packed);
        CompletableFuture<byte[]> own = new CompletableFuture<>();
        CompletableFuture<byte[]> other = underWay.putIfAbsent(form, own);
        if (other != null) {
            return other.minimalCompletionStage();
        }
        try {
            thread.execute(() -> write(form, own));
        } catch (RejectedExecutionException closed) {
            underWay.remove(form);
            own.completeExceptionally(closed);
        }
        return own.minimalCompletionStage();
    }

    private void write(Form form, CompletableFuture<byte[]> page) {
        underWay.remove(form); // first: whoever asks from now on sees what happens from now on
        try {
            page.complete(write(form));
        } catch (Throwable failed) { // whatever it is, those who wait must hear of it
            page.completeExceptionally(failed);
        }
    }

    private byte[] write(Form form) throws IOException {
        List<MetricSnapshot> all = new ArrayList<>(Snapshots.of(registry));
        JvmFigures.snapshots().forEach(all::add);
        ExpositionFormatWriter writer = form.format() == Format.TEXT ? text : openMetrics;
        ByteArrayOutputStream page = new ByteArrayOutputStream(EXPECTED_BYTES);
        try (OutputStream output = form.packed() ? new GZIPOutputStream(page) : page) {
            writer.write(output, new MetricSnapshots(all), EscapingScheme.UNDERSCORE_ESCAPING);
        }
        return page.toByteArray();
    }

    /** Ends the thread; pages that are asked for afterwards fail. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
