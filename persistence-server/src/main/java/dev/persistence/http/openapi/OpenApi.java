package dev.persistence.http.openapi;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.persistence.decode.DecodeResult.Invalid;
import dev.persistence.http.answer.Json;
import dev.persistence.http.answer.Problem;
import dev.persistence.http.security.Right;
import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import dev.persistence.telemetry.Exposition;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes {@code GET /openapi.json}: every route, status and record type, in OpenAPI 3.1. */
public final class OpenApi implements Json.Members {

    private static final String PROBLEM = "Problem";
    private static final String OBJECT = "application/json";
    private static final String UNAVAILABLE = "The service is full or stopping; nothing was taken (Retry-After)";

    private final RecordTypes types;
    private final String version;
    private final int maxRequestBytes;
    private final int maxRecordsPerRequest;
    private final TokenSecurity tokens;

    /**
     * Describes a service.
     *
     * @param version its version
     * @param needsTokens whether requests need a token
     */
    public OpenApi(
            RecordTypes types, String version, int maxRequestBytes, int maxRecordsPerRequest, boolean needsTokens) {
        this.types = types;
        this.version = version;
        this.maxRequestBytes = maxRequestBytes;
        this.maxRecordsPerRequest = maxRecordsPerRequest;
        this.tokens = new TokenSecurity(needsTokens);
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStringField("openapi", "3.1.0");
        json.writeObjectFieldStart("info");
        json.writeStringField("title", "Persistence Service");
        json.writeStringField("version", version);
        json.writeStringField(
                "description", "Takes batches of JSON records and writes them to MySQL as multi-row upserts.");
        json.writeEndObject();
        json.writeObjectFieldStart("paths");
        writePaths(json);
        json.writeEndObject();
        json.writeObjectFieldStart("components");
        json.writeObjectFieldStart("schemas");
        for (RecordType type : types) {
            RecordSchema.write(json, type);
        }
        writeTaken(json);
        writeProblem(json);
        json.writeEndObject();
        tokens.writeScheme(json);
        json.writeEndObject();
    }

    private void writePaths(JsonGenerator json) throws IOException {
        for (RecordType type : types) {
            writeBatch(json, type);
        }
        writeGuarded(
                json,
                Paths.FLUSH,
                "post",
                Right.FLUSH,
                "Write everything accepted so far, and answer then",
                statuses(
                        "200",
                        "Flushed",
                        "503",
                        "Records were lost with their batch, or the service is stopping",
                        "504",
                        "Not done within flush-timeout; the flush goes on"));
        writeGuarded(json, Paths.STATS, "get", Right.READ, "The running totals", statuses("200", "The totals"));
        writeGuarded(
                json,
                Paths.STATUS,
                "get",
                Right.READ,
                "What the status page shows; its members grow with the page, so programs better read stats or metrics",
                statuses("200", "The figures, also while the service is stopping"));
        writeMetrics(json);
        writeOperation(
                json,
                Paths.HEALTH,
                "get",
                "Whether the service and its database answer",
                statuses("200", "Healthy", "503", "The database does not answer, or the service is stopping"));
        writeOperation(json, Paths.LIVE, "get", "Whether the process serves", statuses("200", "It does"));
        writeOperation(
                json,
                Paths.READY,
                "get",
                "Whether requests may be sent",
                statuses("200", "They may", "503", "The service is stopping"));
        writeOperation(
                json,
                Paths.ROOT,
                "get",
                "Name and version; for browsers the status page",
                statuses("200", "Name, status and version, or HTML where Accept names it"));
        writeGuarded(json, Paths.OPEN_API, "get", Right.READ, "This document", statuses("200", "This document"));
    }

    private void writeMetrics(JsonGenerator json) throws IOException {
        Map<String, String> refusals = new LinkedHashMap<>();
        tokens.addStatuses(refusals);
        json.writeObjectFieldStart(Paths.METRICS);
        json.writeObjectFieldStart("get");
        json.writeStringField("operationId", operationId(Paths.METRICS));
        json.writeStringField("summary", "All figures for Prometheus; the header Accept chooses the format");
        json.writeObjectFieldStart("responses");
        json.writeObjectFieldStart("200");
        json.writeStringField("description", "The figures, packed where Accept-Encoding allows gzip");
        json.writeObjectFieldStart("content");
        for (Exposition.Format format : Exposition.Format.values()) {
            json.writeObjectFieldStart(format.contentType());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
        writeStatuses(json, refusals);
        json.writeEndObject();
        tokens.writeRequirement(json, Right.READ);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeBatch(JsonGenerator json, RecordType type) throws IOException {
        json.writeObjectFieldStart(Paths.batch(type.name()));
        json.writeObjectFieldStart("post");
        json.writeStringField("operationId", "batch_" + type.name());
        json.writeStringField(
                "summary",
                "Write " + type.name() + ", at most " + maxRecordsPerRequest + " records and " + maxRequestBytes
                        + " bytes a request");
        writeAck(json);
        writeBody(json, type);
        Map<String, String> statuses = batchStatuses();
        tokens.addStatuses(statuses);
        writeResponses(json, statuses);
        tokens.writeRequirement(json, Right.WRITE);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static Map<String, String> batchStatuses() {
        return statuses(
                "200", "With ack=written: all records are committed",
                "202", "All records are accepted, none is written yet",
                "400", "Not JSON, not UTF-8, a damaged body, or a bad query parameter",
                "408", "The request did not arrive within request-timeout",
                "413", "Too many bytes or too many records",
                "415", "Another content type or encoding",
                "422", "Records do not fit the declaration; with ack=written also: the database refused records",
                "503", UNAVAILABLE + "; with ack=written also: records were lost with their batch");
    }

    private static void writeAck(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("parameters");
        json.writeStartObject();
        json.writeStringField("name", "ack");
        json.writeStringField("in", "query");
        json.writeStringField("description", "Answer only after the commit");
        json.writeObjectFieldStart("schema");
        json.writeStringField("const", "written");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void writeBody(JsonGenerator json, RecordType type) throws IOException {
        json.writeObjectFieldStart("requestBody");
        json.writeBooleanField("required", true);
        json.writeObjectFieldStart("content");
        json.writeObjectFieldStart(OBJECT);
        json.writeObjectFieldStart("schema");
        json.writeStringField("type", "object");
        writeRequired(json, type.name());
        json.writeObjectFieldStart("properties");
        json.writeObjectFieldStart(type.name());
        json.writeStringField("type", "array");
        json.writeNumberField("maxItems", maxRecordsPerRequest);
        writeReference(json, "items", type.name());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectFieldStart("application/x-ndjson");
        json.writeObjectFieldStart("schema");
        json.writeStringField("type", "string");
        json.writeStringField("description", "One record a line");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeGuarded(
            JsonGenerator json, String path, String method, Right right, String summary, Map<String, String> statuses)
            throws IOException {
        tokens.addStatuses(statuses);
        json.writeObjectFieldStart(path);
        json.writeObjectFieldStart(method);
        json.writeStringField("operationId", operationId(path));
        json.writeStringField("summary", summary);
        writeResponses(json, statuses);
        tokens.writeRequirement(json, right);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeOperation(
            JsonGenerator json, String path, String method, String summary, Map<String, String> statuses)
            throws IOException {
        json.writeObjectFieldStart(path);
        json.writeObjectFieldStart(method);
        json.writeStringField("operationId", operationId(path));
        json.writeStringField("summary", summary);
        writeResponses(json, statuses);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** What generated clients call it. */
    private static String operationId(String path) {
        return path.equals(Paths.ROOT)
                ? "root"
                : path.substring(path.lastIndexOf('/') + 1).replace(".json", "");
    }

    private static void writeResponses(JsonGenerator json, Map<String, String> statuses) throws IOException {
        json.writeObjectFieldStart("responses");
        writeStatuses(json, statuses);
        json.writeEndObject();
    }

    /** These statuses, and that there may be others. */
    private static void writeStatuses(JsonGenerator json, Map<String, String> statuses) throws IOException {
        for (Map.Entry<String, String> status : statuses.entrySet()) {
            json.writeObjectFieldStart(status.getKey());
            json.writeStringField("description", status.getValue());
            json.writeObjectFieldStart("content");
            boolean refusal = status.getKey().startsWith("4") || status.getKey().equals("504");
            json.writeObjectFieldStart(refusal ? Problem.CONTENT_TYPE.toString() : OBJECT);
            if (refusal) {
                writeReference(json, "schema", PROBLEM);
            } else if (status.getKey().equals("202")) {
                writeReference(json, "schema", "Taken");
            }
            json.writeEndObject();
            if (status.getKey().equals("503")) {
                json.writeObjectFieldStart(Problem.CONTENT_TYPE.toString());
                writeReference(json, "schema", PROBLEM);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeObjectFieldStart("default");
        json.writeStringField("description", "Any other refusal");
        json.writeObjectFieldStart("content");
        json.writeObjectFieldStart(Problem.CONTENT_TYPE.toString());
        writeReference(json, "schema", PROBLEM);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeTaken(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("Taken");
        json.writeStringField("type", "object");
        writeRequired(json, "status", "count", "timestamp");
        json.writeObjectFieldStart("properties");
        RecordSchema.writeTyped(json, "status", "string");
        RecordSchema.writeTyped(json, "count", "integer");
        RecordSchema.writeTyped(json, "timestamp", "string");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeProblem(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(PROBLEM);
        json.writeStringField("type", "object");
        json.writeStringField("description", "RFC 9457");
        writeRequired(json, "type", "title", "status", "detail");
        json.writeObjectFieldStart("properties");
        RecordSchema.writeTyped(json, "type", "string");
        RecordSchema.writeTyped(json, "title", "string");
        RecordSchema.writeTyped(json, "status", "integer");
        RecordSchema.writeTyped(json, "detail", "string");
        RecordSchema.writeTyped(json, "written", "integer");
        RecordSchema.writeTyped(json, "error_count", "integer");
        json.writeObjectFieldStart("errors");
        json.writeStringField("type", "array");
        json.writeNumberField("maxItems", Invalid.NAMED_FAULTS);
        json.writeObjectFieldStart("items");
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        RecordSchema.writeTyped(json, "pointer", "string");
        RecordSchema.writeTyped(json, "detail", "string");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeReference(JsonGenerator json, String member, String schema) throws IOException {
        json.writeObjectFieldStart(member);
        json.writeStringField("$ref", "#/components/schemas/" + schema);
        json.writeEndObject();
    }

    private static void writeRequired(JsonGenerator json, String... members) throws IOException {
        json.writeArrayFieldStart("required");
        for (String member : members) {
            json.writeString(member);
        }
        json.writeEndArray();
    }

    /** Pairs of a status and what it means, in this order. */
    private static Map<String, String> statuses(String... pairs) {
        Map<String, String> statuses = new LinkedHashMap<>();
        for (int pair = 0; pair < pairs.length; pair += 2) {
            statuses.put(pairs[pair], pairs[pair + 1]);
        }
        return statuses;
    }
}
