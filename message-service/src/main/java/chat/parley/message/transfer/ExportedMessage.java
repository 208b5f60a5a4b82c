package chat.parley.message.transfer;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.message.MessageType;
import chat.parley.message.Message;
import chat.parley.message.Reaction;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message with all that is kept of it.
 *
 * @param parentSeq of the thread's first message
 */
record ExportedMessage(
    long seq,
    @Nullable UserId userId,
    String content,
    MessageType type,
    @Nullable MessageId parentId,
    @Nullable Long parentSeq,
    List<MediaSnapshot> attachments,
    List<Reacted> reactions,
    List<UserId> mentions,
    Instant createdAt,
    @Nullable Instant editedAt,
    @Nullable Instant deletedAt
) {
    static ExportedMessage of(Message message, List<Reacted> reactions) {
        Long parent = message.parent();
        return new ExportedMessage(
            message.seq(),
            message.author(),
            message.content(),
            message.type(),
            parent == null ? null : new MessageId(message.room(), parent),
            parent,
            message.attachments(),
            reactions,
            message.mentions(),
            message.at(),
            message.revision().edited(),
            message.revision().deleted()
        );
    }

    /** Who reacted in one way. */
    record Reacted(String reactionType, List<UserId> userIds) {
        /**
         * @param others whom the page does not know; who is just moving may be among both
         */
        static Reacted of(Reaction reaction, List<UserId> others) {
            return new Reacted(
                reaction.type(),
                Stream.concat(reaction.users().stream(), others.stream()).distinct().toList()
            );
        }
    }
}
