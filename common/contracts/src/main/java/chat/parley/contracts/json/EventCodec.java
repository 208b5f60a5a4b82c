package chat.parley.contracts.json;

import chat.parley.contracts.Event;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidTypeIdException;

/** Writes and reads the events of one family as the bytes of a Kafka record. */
public final class EventCodec<E extends Event> {

    private final ObjectReader reader;
    private final ObjectWriter writer;

    private EventCodec(Class<E> family) {
        this.reader = WireJson.mapper().readerFor(family);
        this.writer = WireJson.mapper().writerFor(family);
    }

    /** A codec for all events of a sealed family. Safe to share. */
    public static <E extends Event> EventCodec<E> of(Class<E> family) {
        return new EventCodec<>(family);
    }

    public byte[] write(E event) {
        return writer.writeValueAsBytes(event);
    }

    /**
     * Empty for an event of a type that this version does not know: a newer service has told of something that
     * nobody here could have acted on. The caller counts these.
     *
     * @throws MalformedEvent if the bytes are no event at all, or a known one with a field missing
     */
    public Optional<E> read(byte[] bytes) {
        try {
            return Optional.of(reader.readValue(bytes));
        } catch (InvalidTypeIdException unknown) {
            return ignoreUnlessUntyped(unknown);
        } catch (JacksonException broken) {
            throw new MalformedEvent(broken);
        }
    }

    private static <E> Optional<E> ignoreUnlessUntyped(InvalidTypeIdException unknown) {
        if (unknown.getTypeId() == null) {
            throw new MalformedEvent(unknown);
        }
        return Optional.empty();
    }
}
