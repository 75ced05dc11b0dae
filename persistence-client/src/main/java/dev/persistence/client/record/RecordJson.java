package dev.persistence.client.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.persistence.client.measure.DropReason;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Writes records as JSON objects, in UTF-8. What is given may change afterwards: nothing of it is kept. Any thread. */
public final class RecordJson {

    /** What the service takes in one request by default, less what is around a record. */
    private static final int LARGEST_BYTES = 10 * 1024 * 1024 - 1024;

    /** Deeper than the service allows; a value that holds itself ends here. */
    private static final int DEEPEST = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final Optional<ChangeStamp> stamp;

    /** @param stamp what is put into records that carry no moment of change, if that is wanted */
    public RecordJson(Optional<ChangeStamp> stamp) {
        this.stamp = stamp;
    }

    /**
     * Writes one record.
     *
     * @throws InvalidRecordException if it is null, holds what JSON cannot say or the service cannot take, is too large,
     *     or fails or changes while it is read
     */
    public byte[] write(Map<?, ?> record) throws InvalidRecordException {
        if (record == null) {
            throw invalid("the record is null");
        }
        BoundedBytes bytes = new BoundedBytes(LARGEST_BYTES);
        Place place = new Place();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(json, record, place);
        } catch (BoundedBytes.ExceededException tooLarge) {
            throw new InvalidRecordException(
                    DropReason.TOO_LARGE,
                    place.member + ": here the record exceeds the " + LARGEST_BYTES + " bytes that a request may have");
        } catch (UnsupportedValueException unsupported) {
            throw invalid(place.member + ": " + unsupported.getMessage());
        } catch (IOException | RuntimeException broken) { // its message may hold what the record says
            throw invalid(place.member + ": " + broken.getClass().getSimpleName() + " while it was written");
        }
        return bytes.toByteArray();
    }

    /** The member that is being written, for a message. */
    private static final class Place {
        private String member = "(before the first member)";
    }

    private void write(JsonGenerator json, Map<?, ?> record, Place place) throws IOException {
        String stamped = stamp.map(ChangeStamp::member).orElse("");
        boolean carries = stamp.isEmpty();
        json.writeStartObject();
        for (Map.Entry<?, ?> member : record.entrySet()) {
            String name = JsonValue.name(member.getKey());
            Object value = member.getValue();
            place.member = name;
            if (name.equals(stamped)) {
                if (value == null) {
                    continue; // the same as none
                }
                carries = true;
            }
            json.writeFieldName(name);
            JsonValue.write(json, value);
        }
        if (!carries) {
            json.writeFieldName(stamped);
            JsonValue.write(json, stamp.orElseThrow().next());
        }
        json.writeEndObject();
    }

    private static InvalidRecordException invalid(String message) {
        return new InvalidRecordException(DropReason.INVALID, message);
    }
}
