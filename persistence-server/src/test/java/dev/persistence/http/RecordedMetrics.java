package dev.persistence.http;

import dev.persistence.telemetry.FlushReason;
import dev.persistence.telemetry.LossReason;
import dev.persistence.telemetry.PipelineMetrics;
import dev.persistence.telemetry.RefusalReason;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what the HTTP station reports. */
final class RecordedMetrics implements PipelineMetrics {

    final Queue<String> answers = new ConcurrentLinkedQueue<>();
    final Queue<Integer> unknownFields = new ConcurrentLinkedQueue<>();
    final Queue<String> accepted = new ConcurrentLinkedQueue<>();

    @Override
    public void decoded(long nanos, int unknown) {
        unknownFields.add(unknown);
    }

    @Override
    public void accepted(int type, int records) {
        accepted.add(type + ":" + records);
    }

    @Override
    public void answered(String route, int status, long nanos) {
        answers.add(route + " " + status);
    }

    @Override
    public void merged(int type, int records) {}

    @Override
    public void written(int type, int records) {}

    @Override
    public void refused(int type, int records, RefusalReason reason) {}

    @Override
    public void lost(int type, int records, LossReason reason) {}

    @Override
    public void deadLettered(int type, int records) {}

    @Override
    public void retried() {}

    @Override
    public void flushed(FlushReason reason, int records, int rows, long nanos) {}

    @Override
    public void flushFailed(LossReason reason) {}

    @Override
    public void committed(long nanos) {}
}
