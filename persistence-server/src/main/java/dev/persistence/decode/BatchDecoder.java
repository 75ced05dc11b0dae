package dev.persistence.decode;

import dev.persistence.schema.RecordType;
import dev.persistence.schema.RecordTypes;
import java.time.ZoneId;

/** Decodes request bodies. One object serves one event loop: it keeps scratch space from request to request. */
public final class BatchDecoder {

    private final DecodedBatch batch = new DecodedBatch();

    /**
     * @param naiveTimeZone the zone of moments that are sent without one
     * @param maxRecords records a request may hold
     */
    public BatchDecoder(RecordTypes types, ZoneId naiveTimeZone, int maxRecords) {}

    /** Checks every record of a body. What is returned is valid until the next call. */
    public DecodeResult decode(RecordType type, BodyFormat format, byte[] body, int offset, int length) {
        batch.begin(type);
        return batch;
    }
}
