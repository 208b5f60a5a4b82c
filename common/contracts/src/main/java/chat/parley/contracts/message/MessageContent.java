package chat.parley.contracts.message;

import chat.parley.contracts.media.MediaSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nobody but the room's people may read of a message. It leaves a service's memory only sealed, see
 * {@link SealedContent}: what is put in here is neither in the database nor in Kafka.
 */
public record MessageContent(String content, List<MediaSnapshot> attachments) {
    /** Of a message that was deleted. */
    public static final MessageContent NONE = new MessageContent("", List.of());

    /**
     * Stands for what cannot be opened, be it tampered with or without its key. It is Unicode's own sign for what
     * could not be read, so that every client has something to show.
     */
    public static final MessageContent UNREADABLE = new MessageContent("\uFFFD", List.of());

    /**
     * @param attachments absent in what is sealed if there are none
     */
    public MessageContent(String content, @Nullable List<MediaSnapshot> attachments) {
        this.content = content;
        this.attachments = attachments == null ? List.of() : List.copyOf(attachments);
    }

    @Override
    public String toString() {
        return "MessageContent[…]";
    }
}
