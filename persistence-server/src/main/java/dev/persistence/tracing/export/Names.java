package dev.persistence.tracing.export;

import io.opentelemetry.api.common.AttributeKey;

/** The attributes and events of our spans: those of OpenTelemetry's semantic conventions, and below them our own. */
final class Names {

    static final AttributeKey<String> HTTP_METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> HTTP_ROUTE = AttributeKey.stringKey("http.route");
    static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<String> URL_PATH = AttributeKey.stringKey("url.path");
    static final AttributeKey<String> URL_SCHEME = AttributeKey.stringKey("url.scheme");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    static final AttributeKey<String> DB_SYSTEM = AttributeKey.stringKey("db.system.name");
    static final AttributeKey<String> DB_NAMESPACE = AttributeKey.stringKey("db.namespace");
    static final AttributeKey<String> DB_OPERATION = AttributeKey.stringKey("db.operation.name");
    static final AttributeKey<Long> DB_BATCH_SIZE = AttributeKey.longKey("db.operation.batch.size");
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");

    static final AttributeKey<Long> RECORDS = AttributeKey.longKey("persistence.records");
    static final AttributeKey<Long> ROWS = AttributeKey.longKey("persistence.rows");
    static final AttributeKey<String> FLUSH_REASON = AttributeKey.stringKey("persistence.flush.reason");
    static final AttributeKey<Long> RETRIES = AttributeKey.longKey("persistence.retries");
    static final AttributeKey<Long> OMITTED_LINKS = AttributeKey.longKey("persistence.links.omitted");
    static final AttributeKey<String> PROBLEM_TYPE = AttributeKey.stringKey("persistence.problem.type");
    static final AttributeKey<String> RECORD_TYPE = AttributeKey.stringKey("persistence.record.type");
    static final AttributeKey<String> REASON = AttributeKey.stringKey("persistence.reason");

    static final String REQUEST_REFUSED = "persistence.request.refused";
    static final String RECORDS_REFUSED = "persistence.records.refused";
    static final String RECORDS_LOST = "persistence.records.lost";

    private Names() {}

    /** Written records of one type. */
    static AttributeKey<Long> records(String type) {
        return AttributeKey.longKey("persistence.records." + type);
    }

    /** Rows of one type. */
    static AttributeKey<Long> rows(String type) {
        return AttributeKey.longKey("persistence.rows." + type);
    }
}
