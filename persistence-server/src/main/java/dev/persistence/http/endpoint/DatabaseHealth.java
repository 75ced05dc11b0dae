package dev.persistence.http.endpoint;

import java.util.concurrent.CompletionStage;

/** Whether the database answers. */
@FunctionalInterface
public interface DatabaseHealth {

    /**
     * Asks the database. Called by event loops: returns at once, and asks on a connection and a thread that are not the
     * writer's. A failed stage means the same as {@code false}.
     */
    CompletionStage<Boolean> check();
}
