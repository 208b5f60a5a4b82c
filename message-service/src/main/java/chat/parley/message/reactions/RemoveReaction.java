package chat.parley.message.reactions;

import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent.ReactionRemoved;
import chat.parley.message.Alteration;
import chat.parley.message.Message;
import chat.parley.message.MessageFailure.MessageGone;
import chat.parley.message.MessageFailure.Unsettled;
import chat.parley.message.OutboxEntry.Reactor;
import chat.parley.message.Reaction;
import chat.parley.message.Reactors;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** The user reacts so no more; for one who did not, nothing changes. */
public record RemoveReaction(ReactionWish wish, Reactors reactors) implements Alteration {
    private static final int REFILL = 50;

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
            return Mono.just(Outcome.unchanged(message));
        }
        if (kind.users().contains(wish.user())) {
            return leavePage(message, kind, moment);
        }
        return kind.spilled() ? leave(message, kind, moment) : Mono.just(Outcome.unchanged(message));
    }

    private Mono<Outcome> leavePage(Message message, Reaction kind, Moment moment) {
        List<UserId> rest = kind
            .users()
            .stream()
            .filter(user -> !user.equals(wish.user()))
            .toList();
        Reaction less = new Reaction(kind.type(), kind.count() - 1, rest, kind.spilled());
        boolean hasOthers = less.count() > rest.size();
        return hasOthers && rest.size() < Reaction.SHOWN
            ? refill(message, less, moment)
            : Mono.just(outcome(message, less, List.of(), moment));
    }

    /** So that there are always twenty to show while twenty react so. */
    private Mono<Outcome> refill(Message message, Reaction kind, Moment moment) {
        return reactors
            .some(message, kind.type(), REFILL)
            .map(others ->
                others
                    .stream()
                    .filter(user -> moment.isSettled(message, kind.type(), user))
                    .filter(user -> !kind.users().contains(user))
                    .toList()
            )
            .map(others -> {
                List<UserId> users = Stream.concat(kind.users().stream(), others.stream()).toList();
                Reaction refilled = new Reaction(kind.type(), kind.count(), users, true);
                return outcome(message, refilled, out(others), moment);
            });
    }

    private Mono<Outcome> leave(Message message, Reaction kind, Moment moment) {
        if (!moment.isSettled(message, kind.type(), wish.user())) {
            return Mono.error(Unsettled::new);
        }
        Reaction less = new Reaction(kind.type(), kind.count() - 1, kind.users(), true);
        return reactors
            .has(message, kind.type(), wish.user())
            .map(there ->
                there ? outcome(message, less, out(List.of(wish.user())), moment) : Outcome.unchanged(message)
            );
    }

    private List<Reactor> out(List<UserId> users) {
        return users
            .stream()
            .map(user -> new Reactor(seq(), wish.type(), user, Reactor.Step.OUT))
            .toList();
    }

    private Outcome outcome(Message message, Reaction kind, List<Reactor> notes, Moment moment) {
        ReactionRemoved event = new ReactionRemoved(
            moment.event(),
            moment.at(),
            wish.socketId(),
            wish.id().room(),
            wish.id(),
            wish.user(),
            kind.type(),
            kind.count()
        );
        return new Outcome(ReactionWish.with(message, kind), event, List.of(), notes);
    }
}
