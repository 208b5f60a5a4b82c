package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.SealedContent;
import chat.parley.sealing.MessageSealer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one message says, readable, and sealed as its page and its events carry it: the same bytes for both, made when
 * they are first asked for. What was read from a page keeps the bytes it had there, also if they could not be opened.
 */
public final class Body {

    private final RoomId room;
    private final long seq;
    private final MessageSealer sealer;
    private final MessageContent readable;
    private volatile @Nullable SealedContent sealed;

    private Body(
        RoomId room,
        long seq,
        MessageSealer sealer,
        MessageContent readable,
        @Nullable SealedContent sealed
    ) {
        this.room = room;
        this.seq = seq;
        this.sealer = sealer;
        this.readable = readable;
        this.sealed = sealed;
    }

    /** Of a message that nobody has sealed yet. */
    static Body of(RoomId room, long seq, MessageContent content, MessageSealer sealer) {
        return new Body(room, seq, sealer, content, null);
    }

    /** The same message's, as it is sealed already. */
    Body keeping(SealedContent bytes) {
        return new Body(room, seq, sealer, readable, bytes);
    }

    /** The same message's from now on. */
    Body saying(MessageContent content) {
        return content.equals(readable) ? this : new Body(room, seq, sealer, content, null);
    }

    RoomId room() {
        return room;
    }

    long seq() {
        return seq;
    }

    String content() {
        return readable.content();
    }

    List<MediaSnapshot> attachments() {
        return readable.attachments();
    }

    SealedContent sealed() {
        SealedContent known = sealed;
        if (known == null) {
            known = sealedAnew();
            sealed = known;
        }
        return known;
    }

    /** Under the key that seals now, whatever it is sealed with. */
    SealedContent sealedAnew() {
        return readable.equals(MessageContent.NONE) ? SealedContent.NONE : sealer.seal(room, seq, readable);
    }

    /** Whether they say the same; no two seals are alike. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && readable.equals(body.readable);
    }

    @Override
    public int hashCode() {
        return readable.hashCode();
    }

    @Override
    public String toString() {
        return "Body[…]";
    }
}
