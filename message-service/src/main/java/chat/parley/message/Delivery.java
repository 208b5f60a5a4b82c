package chat.parley.message;

import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The place of some messages of an import in their lane's queue, and the importer's wait for the answer. */
final class Delivery implements Request {

    private final String source;
    private final List<Imported> messages;
    private final Sinks.One<Delivered> answer = Sinks.one();
    private int stored;
    private boolean answered;

    /** @param messages in the order of their positions */
    Delivery(String source, List<Imported> messages) {
        this.source = source;
        this.messages = List.copyOf(messages);
    }

    String source() {
        return source;
    }

    /** What is not in the room yet, given how far the source has come there. */
    List<Imported> behind(long position) {
        return messages
            .stream()
            .filter(message -> message.position() > position)
            .toList();
    }

    void stored(int more) {
        stored += more;
    }

    Mono<Delivered> answer() {
        return answer.asMono();
    }

    void succeed(long position) {
        answered = true;
        answer.tryEmitValue(new Delivered(position, stored));
    }

    @Override
    public void fail(Throwable reason) {
        answered = true;
        answer.tryEmitError(reason);
    }

    @Override
    public boolean isOpen() {
        return !answered;
    }
}
