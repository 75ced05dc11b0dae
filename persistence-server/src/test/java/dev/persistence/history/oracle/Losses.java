package dev.persistence.history.oracle;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which accepted records may be missing, and how many: those that a service counted as lost, and after a SIGKILL those
 * that had arrived since its last flush began.
 */
final class Losses {

    private static final long NEVER = Long.MAX_VALUE;

    private final Map<Sending.Life, List<Checkpoint>> checkpoints = new HashMap<>();
    private final Map<Sending.Life, LifeEnd> ends = new HashMap<>();
    private final List<Sending> sendings;

    Losses(History history) {
        sendings = history.sendings();
        for (Checkpoint checkpoint : history.checkpoints()) {
            checkpoints
                    .computeIfAbsent(checkpoint.life(), life -> new java.util.ArrayList<>())
                    .add(checkpoint);
        }
        checkpoints.values().forEach(list -> list.sort(Comparator.comparingLong(Checkpoint::read)));
        history.ends().forEach(end -> ends.put(end.life(), end));
    }

    private List<Checkpoint> of(Sending.Life life) {
        return checkpoints.getOrDefault(life, List.of());
    }

    /** Whether it may be missing, as far as its service told. */
    boolean mayBeMissing(Sending sending) {
        return switch (sending.outcome()) {
            case WRITTEN -> false;
            case ACCEPTED -> lostAtMostUntilSettled(sending) > lostAtLeastBefore(sending);
            default -> true;
        };
    }

    private long lostAtLeastBefore(Sending sending) {
        return of(sending.life()).stream()
                .filter(checkpoint -> checkpoint.read() < sending.sent())
                .mapToLong(Checkpoint::lostAtLeast)
                .max()
                .orElse(0);
    }

    private long lostAtMostUntilSettled(Sending sending) {
        OptionalLong lost = of(sending.life()).stream()
                .filter(checkpoint -> checkpoint.settledBefore() > sending.answered())
                .mapToLong(Checkpoint::lostAtMost)
                .min();
        LifeEnd end = ends.get(sending.life());
        boolean logged = end != null && end.lost() >= 0;
        return lost.orElse(logged ? end.lost() : NEVER);
    }

    /** The first moment at which it is known to be settled, or never. */
    long settled(Sending sending) {
        if (sending.outcome() == Outcome.WRITTEN) {
            return sending.answered();
        }
        return of(sending.life()).stream()
                .filter(checkpoint -> checkpoint.settledBefore() > sending.answered())
                .mapToLong(Checkpoint::read)
                .min()
                .orElse(NEVER);
    }

    /** How many records of all processes may be missing. */
    long most() {
        return ends.values().stream().mapToLong(this::most).sum();
    }

    private long most(LifeEnd end) {
        if (end.lost() >= 0) {
            return end.lost();
        }
        List<Checkpoint> all = of(end.life());
        long asked = all.isEmpty() ? 0 : all.get(all.size() - 1).asked();
        long before = all.isEmpty()
                ? 0
                : all.get(all.size() - 1).lostAtMost() + all.get(all.size() - 1).inMemory();
        long since = sendings.stream()
                .filter(sending ->
                        sending.life().equals(end.life()) && sending.outcome().taken() && sending.answered() > asked)
                .count();
        return before + since;
    }
}
