package dev.persistence.history.client;

import dev.persistence.history.oracle.Item;
import dev.persistence.history.oracle.Shape;
import dev.persistence.history.plan.PlanMaker;
import dev.persistence.history.plan.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Requests as bytes. */
public final class Requests {

    private static final String API = "/api/v1/persistence/";

    private Requests() {}

    static byte[] empty(String method, String path) {
        return (method + " " + API + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] batch(Step.Batch batch) {
        List<String> records = records(batch.shape(), batch.items());
        return switch (batch.form()) {
            case JSON -> request(batch.shape(), batch.written(), "", body(batch.shape(), records));
            case LINES ->
                request(
                        batch.shape(),
                        batch.written(),
                        "Content-Type: application/x-ndjson\r\n",
                        ascii(String.join("\n", records)));
            case GZIP ->
                request(
                        batch.shape(),
                        batch.written(),
                        "Content-Encoding: gzip\r\n",
                        zipped(body(batch.shape(), records)));
        };
    }

    static byte[] refusable(Step.Refusable step) {
        List<String> records = records(step.shape(), step.items());
        byte[] body = switch (step.wrong()) {
            case RECORD -> {
                records.add("{\"" + step.shape().key() + "\":\"\"}");
                yield body(step.shape(), records);
            }
            case TOO_MANY_RECORDS -> {
                records.addAll(Collections.nCopies(PlanMaker.MOST_RECORDS, records.get(0)));
                yield body(step.shape(), records);
            }
            case NOT_JSON -> {
                records.add("{");
                yield body(step.shape(), records);
            }
        };
        return request(step.shape(), false, "", body);
    }

    /** A request of records that are JSON already. */
    public static byte[] json(Shape shape, boolean written, List<String> records) {
        return request(shape, written, "", body(shape, records));
    }

    private static List<String> records(Shape shape, List<Item> items) {
        return items.stream().map(shape::json).collect(Collectors.toList());
    }

    private static byte[] body(Shape shape, List<String> records) {
        return ascii("{\"" + shape.plural() + "\":[" + String.join(",", records) + "]}");
    }

    private static byte[] request(Shape shape, boolean written, String headers, byte[] body) {
        byte[] head = ascii("POST " + API + shape.plural() + "/batch" + (written ? "?ack=written" : "")
                + " HTTP/1.1\r\nHost: h\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n");
        byte[] request = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
