package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.message.OutboxEntry.Carriage;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The documents that belong to messages and do not lie on their pages, when the page goes. */
@Component
class Belongings {

    private final ReplyLists replyLists;
    private final Reactors reactors;
    private final Carriers carriers;

    Belongings(ReplyLists replyLists, Reactors reactors, Carriers carriers) {
        this.replyLists = replyLists;
        this.reactors = reactors;
        this.carriers = carriers;
    }

    /** Removes all of them; doing it again does nothing more. */
    Mono<Void> forget(Page page) {
        RoomId room = page.id().room();
        return Flux.fromIterable(page.threads().keySet())
            .concatMap(first -> replyLists.forget(room, first))
            .thenMany(Flux.fromIterable(page.messages()).concatMap(this::forgetReactors))
            .thenMany(Flux.fromStream(() -> page.stream().flatMap(Carriage::end)))
            .concatMap(carriage -> carriers.forget(room, carriage))
            .then();
    }

    private Mono<Void> forgetReactors(Message message) {
        return Flux.fromIterable(message.reactions())
            .filter(Reaction::spilled)
            .concatMap(kind -> reactors.clear(message.room(), message.seq(), kind.type()))
            .then();
    }
}
