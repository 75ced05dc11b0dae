package dev.persistence.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.persistence.telemetry.Exposition.Format;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsEndpointTest {

    private static final String PROMETHEUS = "application/openmetrics-text;version=1.0.0,"
            + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private static HttpResponse<String> get(Station station, String header, String value) {
        return station.send(station.request("/metrics").header(header, value)).join();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                PROMETHEUS + "| OPEN_METRICS",
                "application/openmetrics-text | OPEN_METRICS",
                "text/plain, Application/OpenMetrics-Text | OPEN_METRICS",
                "text/plain;q=0.9, application/openmetrics-text;q=0.3 | TEXT",
                "application/openmetrics-text;q=0 | TEXT",
                "application/openmetrics-text;q=x | TEXT",
                "text/plain | TEXT",
                "*/* | TEXT",
                "application/json | TEXT"
            })
    void accept_choosesTheFormat(String accept, Format format) {
        try (Station station = Station.start()) {
            HttpResponse<String> answer = get(station, "Accept", accept);

            assertEquals(format.toString(), answer.body());
            assertEquals(
                    format.contentType(),
                    answer.headers().firstValue("content-type").orElseThrow());
            assertEquals(
                    "Accept, Accept-Encoding",
                    answer.headers().firstValue("vary").orElseThrow());
        }
    }

    @Test
    void gzip_whereItIsAccepted() {
        try (Station station = Station.start()) {
            HttpResponse<String> packed = get(station, "Accept-Encoding", "br, gzip");
            HttpResponse<String> refused = get(station, "Accept-Encoding", "gzip;q=0");

            assertEquals("TEXT packed", packed.body());
            assertEquals("gzip", packed.headers().firstValue("content-encoding").orElseThrow());
            assertEquals("TEXT", refused.body());
            assertFalse(refused.headers().firstValue("content-encoding").isPresent());
        }
    }

    @Test
    void head_tellsTheLengthOnly() {
        try (Station station = Station.start()) {
            HttpResponse<String> answer = station.send(
                            station.request("/metrics").method("HEAD", HttpRequest.BodyPublishers.noBody()))
                    .join();

            assertEquals("", answer.body());
            assertEquals("4", answer.headers().firstValue("content-length").orElseThrow());
        }
    }

    @Test
    void draining_isStillAnswered() {
        try (Station station = Station.start();
                RawClient busy = station.connect()) {
            busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /metr").reply();
            station.server.beginDraining();
            busy.send("ics HTTP/1.1\r\nHost: a\r\n\r\n");

            assertEquals(200, busy.reply().status());
        }
    }

    @Test
    void requests_areMeasuredAsMetrics() {
        try (Station station = Station.start()) {
            station.get("/metrics");

            assertEquals("[metrics 200]", station.metrics.answers.toString());
        }
    }
}
