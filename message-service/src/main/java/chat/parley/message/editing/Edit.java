package chat.parley.message.editing;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import chat.parley.message.Alteration;
import chat.parley.message.Message;
import chat.parley.message.MessageFailure.MessageGone;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * The message says something else from now on. What it said already is no edit.
 *
 * @param mentions who is mentioned now
 * @param attachments with addresses that are still good: the event shows them to everybody
 */
public record Edit(EditMessage command, List<UserId> mentions, List<MediaSnapshot> attachments) implements
    Alteration {
    @Override
    public long seq() {
        return command.id().seq();
    }

    @Override
    public Mono<Outcome> alter(Message message, Moment moment) {
        if (message.isDeleted()) {
            return Mono.error(MessageGone::new);
        }
        if (message.content().equals(command.content().text())) {
            return Mono.just(Outcome.unchanged(message));
        }
        Map<MediaId, MediaSnapshot> known = attachments
            .stream()
            .collect(Collectors.toMap(MediaSnapshot::id, Function.identity(), (one, _) -> one));
        Message edited = message.renewed(known).edited(command.content().text(), mentions, moment.at());
        List<UserId> mentioned = newlyMentioned(message);
        MessageUpdated event = new MessageUpdated(
            moment.event(),
            moment.at(),
            command.socketId(),
            message.room(),
            moment.sealed(edited),
            mentioned
        );
        return Mono.just(new Outcome(edited, event, mentioned, List.of()));
    }

    /** Who was told of the message before is not told once more. */
    private List<UserId> newlyMentioned(Message before) {
        return mentions
            .stream()
            .filter(user -> !before.mentions().contains(user))
            .toList();
    }
}
