package dev.persistence.telemetry.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.persistence.telemetry.Exposition.Format;
import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.registry.Family;
import dev.persistence.telemetry.registry.Instruments;
import dev.persistence.telemetry.registry.Registry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PrometheusExpositionTest {

    private final Registry registry = new Registry();
    private final Instruments metrics =
            new Instruments(registry, List.of("alpha"), () -> Instant.ofEpochSecond(1_700_000_000));
    private final PrometheusExposition exposition = new PrometheusExposition(registry);

    @AfterEach
    void close() {
        exposition.close();
    }

    private byte[] page(Format format, boolean packed) {
        return exposition.page(format, packed).toCompletableFuture().join();
    }

    private List<String> lines(Format format) {
        return new String(page(format, false), StandardCharsets.UTF_8).lines().toList();
    }

    private static void assertHas(List<String> lines, String line) {
        assertTrue(lines.contains(line), () -> line + " is not in\n" + String.join("\n", lines));
    }

    @Test
    void text_hasHelpTypeAndTotal() {
        metrics.answered("batch.alpha", 202, 1);

        List<String> lines = lines(Format.TEXT);
        assertHas(lines, "# HELP persistence_http_requests_total Requests answered");
        assertHas(lines, "# TYPE persistence_http_requests_total counter");
        assertHas(lines, "persistence_http_requests_total{route=\"batch.alpha\",status=\"202\"} 1.0");
    }

    @Test
    void everyReasonOfALoss_isThereFromTheStart() {
        List<String> lines = lines(Format.TEXT);
        for (LossReason reason : LossReason.values()) {
            assertHas(lines, "persistence_records_lost_total{reason=\"" + reason.label() + "\",type=\"alpha\"} 0.0");
        }
    }

    @Test
    void times_areHistogramsInSeconds() {
        metrics.committed(5_000_000);
        metrics.committed(7_000_000);

        List<String> lines = lines(Format.TEXT);
        assertHas(lines, "# TYPE persistence_commit_time_seconds histogram");
        assertHas(lines, "persistence_commit_time_seconds_bucket{le=\"0.005\"} 1");
        assertHas(lines, "persistence_commit_time_seconds_bucket{le=\"0.01\"} 2");
        assertHas(lines, "persistence_commit_time_seconds_bucket{le=\"+Inf\"} 2");
        assertHas(lines, "persistence_commit_time_seconds_count 2");
        assertHas(lines, "persistence_commit_time_seconds_sum 0.012");
    }

    @Test
    void moments_areSecondsSince1970() {
        assertHas(lines(Format.TEXT), "persistence_last_flush_timestamp_seconds 0.0");
        metrics.flushed(FlushReason.AGE, 1, 1, 1);
        assertHas(lines(Format.TEXT), "persistence_last_flush_timestamp_seconds 1.7E9");
    }

    @Test
    void build_saysTheVersion() {
        registry.gauge(Family.BUILD, () -> 1, "1.2.3");

        assertHas(lines(Format.TEXT), "persistence_build_info{version=\"1.2.3\"} 1");
        assertHas(lines(Format.OPEN_METRICS), "# TYPE persistence_build info");
    }

    @Test
    void openMetrics_hasUnitsAndAnEnd() {
        List<String> lines = lines(Format.OPEN_METRICS);
        assertHas(lines, "# TYPE persistence_records_accepted counter");
        assertHas(lines, "# UNIT persistence_commit_time_seconds seconds");
        assertEquals("# EOF", lines.get(lines.size() - 1));
    }

    @Test
    void jvmAndProcess_areOnThePage() {
        List<String> lines = lines(Format.TEXT);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"}")));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("process_cpu_seconds_total ")));
    }

    @Test
    void packedPage_isTheSame() throws IOException {
        byte[] packed = page(Format.TEXT, true);

        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            String page = new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(page.contains("persistence_flushes_total{reason=\"age\"} 0.0\n"));
        }
    }

    @Test
    void whoeverAsksBeforeAPageIsBegun_sharesIt() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        registry.gauge(Family.HTTP_CONNECTIONS, () -> {
            begun.countDown();
            await(busy);
            return 0;
        });
        CompletableFuture<byte[]> first = exposition.page(Format.TEXT, false).toCompletableFuture();
        await(begun);
        CompletableFuture<byte[]> second = exposition.page(Format.TEXT, false).toCompletableFuture();
        CompletableFuture<byte[]> third = exposition.page(Format.TEXT, false).toCompletableFuture();
        busy.countDown();

        assertSame(second.join(), third.join());
        assertNotSame(first.join(), second.join(), "what was asked for later shows what happened later");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void figureThatCannotBeRead_failsThePageAndNotTheNext() {
        boolean[] broken = {true};
        registry.gauge(Family.DRAINING, () -> {
            if (broken[0]) {
                throw new IllegalStateException("as if");
            }
            return 0;
        });
        assertThrows(CompletionException.class, () -> page(Format.TEXT, false));

        broken[0] = false;
        assertHas(lines(Format.TEXT), "persistence_draining 0.0");
    }

    @Test
    void closed_fails() {
        exposition.close();

        assertThrows(CompletionException.class, () -> page(Format.TEXT, false));
    }
}
