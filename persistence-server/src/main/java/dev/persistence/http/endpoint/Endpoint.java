package dev.persistence.http.endpoint;

import dev.persistence.http.answer.Answer;
import dev.persistence.http.answer.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What is behind one route. One object serves all connections; its methods run on event loops and never wait. */
public interface Endpoint {

    /** Judges a request by its head, before any of its body is read. */
    Work admit(HttpRequest head) throws Refused;

    /**
     * The name under which a request is measured.
     *
     * @param route the name of its route
     */
    default String label(String route, HttpRequest head) {
        return route;
    }

    /** Whether the body is handed over; otherwise it is dropped as it arrives. */
    default boolean takesBody() {
        return false;
    }

    /** Whether it answers requests that come while the service is stopping. */
    default boolean answersWhileDraining() {
        return false;
    }

    /** Answers one admitted request. */
    @FunctionalInterface
    interface Work {

        /**
         * Answers it, without waiting for anything.
         *
         * @param body the whole body, with an array behind it, readable only during this call; empty if it was dropped
         * @param loop the connection's event loop; a stage that is not complete yet must be completed on it
         */
        CompletionStage<Answer> answer(ByteBuf body, EventExecutor loop) throws Refused;

        /**
         * Whether it is worth while to receive the body, where one is wanted. Asked with its declared length before it is
         * received, and with what has been received as it comes.
         *
         * @param bytes that the body has at least, as it is packed
         * @throws Refused if the request would be refused whatever the body holds
         */
        default void checkWanted(long bytes) throws Refused {}
    }

    /** An answer that is there at once. */
    static CompletionStage<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
