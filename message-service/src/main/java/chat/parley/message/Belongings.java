package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.message.OutboxEntry.Carriage;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The documents that belong to messages and do not lie on their pages, when these go. */
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

    /** Removes what belongs to these messages of the page; doing it again does nothing more. */
    Mono<Void> forget(Page page, List<Message> messages) {
        RoomId room = page.id().room();
        return Flux.fromIterable(messages)
            .map(Message::seq)
            .filter(page.threads()::containsKey)
            .concatMap(first -> replyLists.forget(room, first))
            .thenMany(Flux.fromIterable(messages).concatMap(this::forgetReactors))
            .thenMany(Flux.fromStream(() -> messages.stream().flatMap(Carriage::end)))
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
