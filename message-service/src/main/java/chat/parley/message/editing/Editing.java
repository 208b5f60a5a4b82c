package chat.parley.message.editing;

import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.message.MessageType;
import chat.parley.contracts.room.Membership;
import chat.parley.message.Altered;
import chat.parley.message.Lanes;
import chat.parley.message.Mentions;
import chat.parley.message.MessageFailure.MessageGone;
import chat.parley.message.Messages;
import chat.parley.service.problem.Forbidden;
import chat.parley.service.problem.NotFound;
import chat.parley.service.problem.ValidationFailed;
import chat.parley.service.rooms.Memberships;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Checks what only the other services and the history know, and gives the edit to the room's lane. */
@Component
class Editing {

    private final Memberships memberships;
    private final Messages messages;
    private final Mentions mentions;
    private final Lanes lanes;

    Editing(Memberships memberships, Messages messages, Mentions mentions, Lanes lanes) {
        this.memberships = memberships;
        this.messages = messages;
        this.mentions = mentions;
        this.lanes = lanes;
    }

    Mono<MessageSnapshot> edit(EditMessage command) {
        return memberships
            .require(command.id().room(), command.editor())
            .flatMap(editor -> edit(command, editor));
    }

    private Mono<MessageSnapshot> edit(EditMessage command, Membership editor) {
        return messages
            .find(command.id())
            .switchIfEmpty(Mono.error(() -> new NotFound("There is no such message.")))
            .doOnNext(message -> requireEditable(message, command))
            .flatMap(message ->
                mentions
                    .in(command.content(), editor)
                    .flatMap(mentioned -> write(command, message, mentioned))
            );
    }

    /** What can still change until the edit is written, a deletion, is looked at again then. */
    private static void requireEditable(MessageSnapshot message, EditMessage command) {
        if (message.type() == MessageType.SYSTEM || !command.editor().equals(message.userId())) {
            throw new Forbidden("Only its author can edit a message.");
        }
        if (message.deletedAt() != null) {
            throw new MessageGone();
        }
        command
            .content()
            .fault(!message.attachments().isEmpty())
            .ifPresent(fault -> {
                throw new ValidationFailed(List.of(fault));
            });
    }

    private Mono<MessageSnapshot> write(
        EditMessage command,
        MessageSnapshot message,
        List<UserId> mentioned
    ) {
        return lanes
            .change(command.id().room(), new Edit(command, mentioned, message.attachments()))
            .map(Altered::snapshot);
    }
}
