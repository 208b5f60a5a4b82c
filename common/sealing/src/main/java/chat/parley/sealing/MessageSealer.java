package chat.parley.sealing;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.json.WireJson;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.SealedContent;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * Seals what a message says as the message that it is. A message is sealed once; its page and its events carry the
 * same bytes. Safe to share.
 */
public final class MessageSealer {

    private static final ObjectWriter WRITER = WireJson.mapper().writerFor(Inside.class);
    private static final ObjectReader READER = WireJson.mapper().readerFor(Inside.class);

    private final Sealer sealer;

    public MessageSealer(Sealer sealer) {
        this.sealer = sealer;
    }

    public SealedContent seal(RoomId room, long seq, MessageContent content) {
        byte[] json = WRITER.writeValueAsBytes(Inside.of(content));
        return SealedContent.of(sealer.seal(json, Binding.message(room, seq)));
    }

    /**
     * @return {@link MessageContent#NONE} for {@link SealedContent#NONE}
     * @throws CannotOpen if it is not what this message said, or its key is unknown
     */
    public MessageContent open(RoomId room, long seq, SealedContent sealed) {
        return sealed.isEmpty()
            ? MessageContent.NONE
            : read(sealer.open(sealed.bytes(), Binding.message(room, seq)));
    }

    private static MessageContent read(byte[] json) {
        try {
            return READER.<Inside>readValue(json).opened();
        } catch (JacksonException e) {
            // The cause stays out: it quotes what it could not read.
            throw new CannotOpen(CannotOpen.Reason.BROKEN, "a newer version has sealed it");
        }
    }

    /** What is encrypted; the names are on disk for ever. */
    private record Inside(
        String content,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<MediaSnapshot> attachments
    ) {
        static Inside of(MessageContent content) {
            List<MediaSnapshot> attachments = content.attachments();
            return new Inside(content.content(), attachments.isEmpty() ? null : attachments);
        }

        MessageContent opened() {
            return new MessageContent(content, attachments);
        }
    }
}
