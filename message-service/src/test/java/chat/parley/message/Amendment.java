package chat.parley.message;

import chat.parley.contracts.message.MessageEvent.MessageDeleted;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What editing and deleting do to a message, without their checks.
 *
 * @param content what it is to say; null to delete it
 */
record Amendment(long seq, @Nullable String content) implements Alteration {
    @Override
    public Mono<Outcome> alter(Message message, Moment moment) {
        return Mono.fromSupplier(() -> content == null ? delete(message, moment) : edit(message, moment));
    }

    private static Outcome delete(Message message, Moment moment) {
        return message.isDeleted()
            ? Outcome.unchanged(message)
            : Outcome.of(
                  message.deleted(moment.at()),
                  new MessageDeleted(
                      moment.event(),
                      moment.at(),
                      null,
                      message.room(),
                      message.id(),
                      message.seq(),
                      message.author()
                  )
              );
    }

    private Outcome edit(Message message, Moment moment) {
        Message edited = message.edited(content, List.of(), moment.at());
        return message.content().equals(content)
            ? Outcome.unchanged(message)
            : Outcome.of(
                  edited,
                  new MessageUpdated(
                      moment.event(),
                      moment.at(),
                      null,
                      message.room(),
                      moment.sealed(edited),
                      List.of()
                  )
              );
    }
}
