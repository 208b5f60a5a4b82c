package chat.parley.message.reactions;

import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent.ReactionAdded;
import chat.parley.message.Alteration;
import chat.parley.message.Message;
import chat.parley.message.MessageFailure.MessageGone;
import chat.parley.message.MessageFailure.TooManyReactions;
import chat.parley.message.MessageFailure.Unsettled;
import chat.parley.message.OutboxEntry.Reactor;
import chat.parley.message.Reaction;
import chat.parley.message.Reactors;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** The user reacts so from now on; one who does already goes on doing so. */
public record AddReaction(ReactionWish wish, Reactors reactors) implements Alteration {
    private static final int MOST_KINDS = 50;

    @Override
    public long seq() {
        return wish.id().seq();
    }

    @Override
    public Mono<Outcome> alter(Message message, Moment moment) {
        if (message.isDeleted()) {
            return Mono.error(MessageGone::new);
        }
        Reaction kind = message.reaction(wish.type()).orElse(null);
        if (kind == null) {
            return begin(message, moment);
        }
        if (kind.users().contains(wish.user())) {
            return Mono.just(Outcome.unchanged(message));
        }
        return kind.spilled() ? lookFurther(message, kind, moment) : Mono.just(add(message, kind, moment));
    }

    private Mono<Outcome> begin(Message message, Moment moment) {
        if (message.reactions().size() >= MOST_KINDS) {
            return Mono.error(TooManyReactions::new);
        }
        if (!moment.isSettled(message, wish.type(), wish.user())) {
            return Mono.error(Unsettled::new);
        }
        return Mono.just(add(message, new Reaction(wish.type(), 0, List.of(), false), moment));
    }

    private Mono<Outcome> lookFurther(Message message, Reaction kind, Moment moment) {
        if (!moment.isSettled(message, wish.type(), wish.user())) {
            return Mono.error(Unsettled::new);
        }
        return reactors
            .has(message, wish.type(), wish.user())
            .map(there -> there ? Outcome.unchanged(message) : add(message, kind, moment));
    }

    private Outcome add(Message message, Reaction kind, Moment moment) {
        return hasSpace(message, kind) ? addToPage(message, kind, moment) : spill(message, kind, moment);
    }

    /** Those whom clients get to see always have space. */
    private static boolean hasSpace(Message message, Reaction kind) {
        int onPage = message
            .reactions()
            .stream()
            .mapToInt(reaction -> reaction.users().size())
            .sum();
        return kind.users().size() < Reaction.SHOWN || onPage < Reaction.MOST_ON_PAGE;
    }

    private Outcome addToPage(Message message, Reaction kind, Moment moment) {
        List<UserId> users = Stream.concat(kind.users().stream(), Stream.of(wish.user())).toList();
        Reaction more = new Reaction(kind.type(), kind.count() + 1, users, kind.spilled());
        return Outcome.of(ReactionWish.with(message, more), event(more, moment));
    }

    private Outcome spill(Message message, Reaction kind, Moment moment) {
        Reaction more = new Reaction(kind.type(), kind.count() + 1, kind.users(), true);
        Reactor in = new Reactor(seq(), kind.type(), wish.user(), Reactor.Step.IN);
        return new Outcome(ReactionWish.with(message, more), event(more, moment), List.of(), List.of(in));
    }

    private ReactionAdded event(Reaction kind, Moment moment) {
        return new ReactionAdded(
            moment.event(),
            moment.at(),
            wish.socketId(),
            wish.id().room(),
            wish.id(),
            wish.user(),
            kind.type(),
            kind.count()
        );
    }
}
