package chat.parley.service.sealing;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.SealedContent;
import chat.parley.sealing.CannotOpen;
import chat.parley.sealing.CannotOpen.Reason;
import chat.parley.sealing.MessageSealer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what messages say. One that does not open takes nobody else's with it: it shows as {@link
 * MessageContent#UNREADABLE}, is counted, and its place is logged.
 */
public final class ContentOpener {

    private static final Logger log = LoggerFactory.getLogger(ContentOpener.class);

    private final MessageSealer sealer;
    private final Map<Reason, Counter> unopened;

    public ContentOpener(MessageSealer sealer, MeterRegistry meters) {
        this.sealer = sealer;
        this.unopened = Arrays.stream(Reason.values()).collect(
            Collectors.toMap(Function.identity(), reason -> counter(reason, meters))
        );
    }

    private static Counter counter(Reason reason, MeterRegistry meters) {
        return Counter.builder("parley.sealing.unopened")
            .description("Messages that were shown as unreadable because they could not be opened")
            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
            .register(meters);
    }

    /**
     * @throws CannotOpen for who can do something about it, such as reading the keys again
     */
    public MessageContent open(RoomId room, long seq, SealedContent sealed) {
        return sealer.open(room, seq, sealed);
    }

    /** The content, or what stands for it if it does not open. */
    public MessageContent openOrMark(RoomId room, long seq, SealedContent sealed) {
        try {
            return open(room, seq, sealed);
        } catch (CannotOpen refusal) {
            Objects.requireNonNull(unopened.get(refusal.reason())).increment();
            log.error("room {} seq {} cannot be opened: {}", room, seq, refusal.getMessage());
            return MessageContent.UNREADABLE;
        }
    }
}
