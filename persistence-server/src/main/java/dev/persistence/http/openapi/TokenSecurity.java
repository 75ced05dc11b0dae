package dev.persistence.http.openapi;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.persistence.http.security.Right;
import java.io.IOException;
import java.util.Map;

/** Describes the tokens that requests need; says nothing where they need none. */
final class TokenSecurity {

    private static final String SCHEME = "token";

    private final boolean needed;

    TokenSecurity(boolean needed) {
        this.needed = needed;
    }

    /** The scheme, among the document's components. */
    void writeScheme(JsonGenerator json) throws IOException {
        if (!needed) {
            return;
        }
        json.writeObjectFieldStart("securitySchemes");
        json.writeObjectFieldStart(SCHEME);
        json.writeStringField("type", "http");
        json.writeStringField("scheme", "bearer");
        json.writeStringField("description", "A token with the right that the operation names: " + Right.words());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** What an operation needs. */
    void writeRequirement(JsonGenerator json, Right right) throws IOException {
        if (!needed) {
            return;
        }
        json.writeArrayFieldStart("security");
        json.writeStartObject();
        json.writeArrayFieldStart(SCHEME);
        json.writeString(right.word());
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    /** Adds what an operation that needs a token may answer. */
    void addStatuses(Map<String, String> statuses) {
        if (needed) {
            statuses.put("401", "No token, or one that is not known (WWW-Authenticate)");
            statuses.put("403", "The token lacks the right (WWW-Authenticate)");
        }
    }
}
