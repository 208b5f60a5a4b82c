package chat.parley.message;

import chat.parley.contracts.EventId;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** An alteration's place in its lane's queue, and its author's wait for the answer. */
final class Wish implements Request {

    private final Alteration alteration;
    private final EventId event = EventId.random();
    private final Sinks.One<Altered> answer = Sinks.one();
    private boolean answered;

    Wish(Alteration alteration) {
        this.alteration = alteration;
    }

    Alteration alteration() {
        return alteration;
    }

    /** The id of the event that will tell of it, in whichever try. */
    EventId event() {
        return event;
    }

    Mono<Altered> answer() {
        return answer.asMono();
    }

    void succeed(Altered altered) {
        answered = true;
        answer.tryEmitValue(altered);
    }

    @Override
    public void fail(Throwable reason) {
        answered = true;
        answer.tryEmitError(reason);
    }

    @Override
    public boolean isOpen() {
        return !answered;
    }
}
