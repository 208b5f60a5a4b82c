package chat.parley.realtime.chat;

import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.message.SealedMessage;
import chat.parley.sealing.CannotOpen;
import chat.parley.service.LeavesTheChain;
import chat.parley.service.sealing.ContentOpener;
import chat.parley.service.sealing.Keyrings;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Opens the messages that somebody here wants to hear, on the thread of the events. */
@Component
final class Unsealing {

    private static final int MOST_WAITING = 1_000;

    private final ContentOpener opener;
    private final Keyrings keyrings;
    private final Scheduler eventThread;
    private int waiting;

    Unsealing(ContentOpener opener, Keyrings keyrings, Scheduler eventThread) {
        this.opener = opener;
        this.keyrings = keyrings;
        this.eventThread = eventThread;
    }

    /**
     * Hands the message on as its readers see it: at once, or a little later if the keys have to be read again for it.
     * What cannot be opened is marked, and keeps its place: no reader has to ask for it in vain.
     */
    void open(SealedMessage message, Consumer<MessageSnapshot> then) {
        try {
            then.accept(message.with(opener.open(message.roomId(), message.seq(), message.sealed())));
        } catch (CannotOpen refusal) {
            if (refusal.reason() == CannotOpen.Reason.UNKNOWN_KEY && waiting < MOST_WAITING) {
                openLater(message, then);
            } else {
                openOrMark(message, then);
            }
        }
    }

    @LeavesTheChain("The events go on meanwhile; at most a thousand wait, and the reading ends by itself.")
    private void openLater(SealedMessage message, Consumer<MessageSnapshot> then) {
        waiting++;
        keyrings
            .reread()
            .publishOn(eventThread)
            .then(Mono.fromRunnable(() -> openNow(message, then)))
            .subscribe();
    }

    private void openNow(SealedMessage message, Consumer<MessageSnapshot> then) {
        waiting--;
        openOrMark(message, then);
    }

    private void openOrMark(SealedMessage message, Consumer<MessageSnapshot> then) {
        MessageContent content = opener.openOrMark(message.roomId(), message.seq(), message.sealed());
        then.accept(message.with(content));
    }
}
