package chat.parley.message.posting;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MediaId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.room.Membership;
import chat.parley.message.Attachments;
import chat.parley.message.Draft;
import chat.parley.message.Lanes;
import chat.parley.message.Mentions;
import chat.parley.message.Message;
import chat.parley.message.Messages;
import chat.parley.message.Posted;
import chat.parley.message.UploadNews;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.problem.ValidationFailed;
import chat.parley.service.rooms.Memberships;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Checks what only the other services and the history know, and gives the message to its room's lane. */
@Component
class MessagePosting {

    private final Memberships memberships;
    private final Messages messages;
    private final Attachments attachments;
    private final Mentions mentions;
    private final Lanes lanes;

    MessagePosting(
        Memberships memberships,
        Messages messages,
        Attachments attachments,
        Mentions mentions,
        Lanes lanes
    ) {
        this.memberships = memberships;
        this.messages = messages;
        this.attachments = attachments;
        this.mentions = mentions;
        this.lanes = lanes;
    }

    Mono<Posted> post(PostMessage command) {
        return memberships
            .require(command.room(), command.author())
            .flatMap(author -> draft(command, author))
            .flatMap(draft -> lanes.post(command.room(), draft))
            .flatMap(this::catchUp);
    }

    /**
     * What became of an upload before it was known that the message carries it found no message to show it on. Who
     * cannot be asked right now is asked again by every reader.
     */
    private Mono<Posted> catchUp(Posted posted) {
        Message message = posted.message();
        return Flux.fromIterable(message.attachments())
            .filter(upload -> !posted.repeated() && upload.status() == MediaStatus.PROCESSING)
            .collectList()
            .flatMapMany(waiting -> attachments.now(waiting, message.author()))
            .concatMap(upload -> lanes.change(message.room(), new UploadNews(message.seq(), upload)))
            .map(altered -> new Posted(altered.message(), altered.replies(), false))
            .takeLast(1)
            .next()
            .onErrorResume(Unavailable.class, _ -> Mono.empty())
            .defaultIfEmpty(posted);
    }

    private Mono<Draft> draft(PostMessage command, Membership author) {
        return Mono.zip(thread(command), attached(command), mentions.in(command.content(), author)).map(
            found -> draft(command, found.getT1(), found.getT2(), found.getT3())
        );
    }

    private static Draft draft(
        PostMessage command,
        Optional<Long> thread,
        List<MediaSnapshot> attachments,
        List<UserId> mentions
    ) {
        return new Draft(
            EventId.random(),
            command.author(),
            command.content().text(),
            thread.orElse(null),
            attachments,
            mentions,
            command.clientId(),
            command.socketId()
        );
    }

    /** The seq of the thread's first message: a reply to a reply joins the same thread. */
    private Mono<Optional<Long>> thread(PostMessage command) {
        MessageId parent = command.parent();
        return parent == null
            ? Mono.just(Optional.empty())
            : messages
                  .find(parent)
                  .map(MessagePosting::firstOfThread)
                  .map(MessageId::seq)
                  .map(Optional::of)
                  .switchIfEmpty(Mono.error(() -> new ValidationFailed(List.of(PostMessage.noSuchParent()))));
    }

    private static MessageId firstOfThread(MessageSnapshot message) {
        return message.parentId() == null ? message.id() : message.parentId();
    }

    private Mono<List<MediaSnapshot>> attached(PostMessage command) {
        List<MediaId> ids = command.attachments();
        return attachments
            .link(ids, command.author(), command.room())
            .filter(found -> found.size() == ids.size() && found.stream().allMatch(MessagePosting::isUsable))
            .switchIfEmpty(Mono.error(MessagePosting::noSuchAttachment));
    }

    private static boolean isUsable(MediaSnapshot media) {
        return media.status() != MediaStatus.REJECTED;
    }

    private static ValidationFailed noSuchAttachment() {
        return ValidationFailed.of(
            "attachment_ids",
            "unknown",
            "One of these is no upload of yours, or has been rejected."
        );
    }
}
