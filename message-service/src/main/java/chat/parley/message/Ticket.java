package chat.parley.message;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A draft's place in its lane's queue, and its author's wait for the answer. */
final class Ticket implements Request {

    private static final long NOWHERE = Long.MAX_VALUE;

    private final Draft draft;
    private final Sinks.One<Posted> answer = Sinks.one();
    private long mayLieFrom = NOWHERE;
    private boolean answered;

    Ticket(Draft draft) {
        this.draft = draft;
    }

    Draft draft() {
        return draft;
    }

    Mono<Posted> answer() {
        return answer.asMono();
    }

    /** The message may have been written already, to the page of this number or a later one. */
    void mayLieFrom(long page) {
        mayLieFrom = Math.min(mayLieFrom, page);
    }

    boolean mayLieOn(PageId page) {
        return mayLieFrom <= page.number();
    }

    /** The first page on which it may lie; only if there is one, see {@link #mayLieOn}. */
    long firstPage() {
        return mayLieFrom;
    }

    /** What the page holds of this ticket, from this try or an earlier one. */
    @Nullable
    Posted lookOn(Page page) {
        return page
            .first(message -> message.isOf(draft) || message.repeats(draft))
            .map(message -> new Posted(message, page.repliesTo(message.seq()), !message.isOf(draft)))
            .orElse(null);
    }

    @Override
    public boolean isOpen() {
        return !answered;
    }

    void succeed(Posted posted) {
        answered = true;
        answer.tryEmitValue(posted);
    }

    @Override
    public void fail(Throwable reason) {
        answered = true;
        answer.tryEmitError(reason);
    }
}
