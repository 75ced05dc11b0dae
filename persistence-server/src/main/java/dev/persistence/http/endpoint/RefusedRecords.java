package dev.persistence.http;

import dev.persistence.decode.DecodeResult.Invalid;
import dev.persistence.decode.Fault;
import dev.persistence.ring.WrittenReport;
import dev.persistence.schema.RecordType;
import java.util.List;

/** The answer to a request of which the database refused some records: their places in the request, not in the ring. */
final class RefusedRecords {

    private RefusedRecords() {}

    static Answer answer(RecordType type, WrittenReport report) {
        List<Fault> named = report.refusals().stream()
                .limit(Invalid.NAMED_FAULTS)
                .map(refusal ->
                        new Fault("/" + type.name() + "/" + (refusal.sequence() - report.first()), refusal.reason()))
                .toList();
        return Problem.refused(report.written(), named, report.refusals().size());
    }
}
