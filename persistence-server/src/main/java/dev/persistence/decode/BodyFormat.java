package dev.persistence.decode;

/** How the records stand in a request body. */
public enum BodyFormat {
    /** One JSON object whose member of the type's name is an array of records. */
    JSON,
    /** One record a line. */
    NDJSON
}
