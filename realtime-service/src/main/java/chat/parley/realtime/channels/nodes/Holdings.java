package chat.parley.realtime.channels.nodes;

import reactor.core.publisher.Mono;

/** Something that a node holds in Redis in its own name, for as long as its lease lasts. */
public interface Holdings {
    /** Takes out what a node has left whose lease has ended. Several nodes may do so at once, and do it again. */
    Mono<Void> takeOut(String deadNode);

    /** Tells all that is held here anew: the others took this node for dead, or Redis lost what it was told. */
    Mono<Void> tellAgain();

    /** Called at every renewal of the lease, for what is to be looked after now and then. */
    Mono<Void> lookAfter();
}
