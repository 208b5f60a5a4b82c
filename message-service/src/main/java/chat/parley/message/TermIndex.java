package chat.parley.message;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.model.Projections;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the pages with messages that have certain terms, by an index over the terms and times of messages. */
@Component
public final class TermIndex {

    static final String TERMS = PageDocument.MESSAGES + "." + PageDocument.TERMS;
    static final String TIMES = PageDocument.MESSAGES + "." + PageDocument.AT;

    // A look-up that takes longer reads too many pages for too few, and is done again for less time.
    private static final Duration LONGEST = Duration.ofMillis(400);

    private final Store store;

    TermIndex(Store store) {
        this.store = store;
    }

    /**
     * @param allOf of each of these the message has at least one
     * @param after in milliseconds; sent later than this
     * @param until in milliseconds; sent not later than this
     * @param most how many pages at most
     */
    public record Wanted(List<? extends Collection<Integer>> allOf, long after, long until, int most) {}

    /**
     * @param pages in no order
     * @param complete whether these are all
     */
    public record Candidates(List<PageId> pages, boolean complete) {
        static final Candidates TOO_MANY = new Candidates(List.of(), false);
    }

    /** The pages that have such a message, as far as terms can tell. */
    public Mono<Candidates> find(Wanted wanted) {
        return store
            .many(Pages.COLLECTION, pages ->
                pages
                    .find(query(wanted))
                    .projection(Projections.include(PageDocument.ID))
                    .limit(wanted.most() + 1)
                    .maxTime(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
            )
            .map(page -> PageId.parse(page.getString(PageDocument.ID)))
            .collectList()
            .map(found -> new Candidates(found, found.size() <= wanted.most()))
            .onErrorResume(TermIndex::tookTooLong, _ -> Mono.just(Candidates.TOO_MANY));
    }

    /** All of it asked of one element: only so can MongoDB go by terms and time in one. */
    private static Bson query(Wanted wanted) {
        List<Document> terms = wanted
            .allOf()
            .stream()
            .map(anyOf -> new Document(PageDocument.TERMS, new Document("$in", List.copyOf(anyOf))))
            .toList();
        Document message = new Document("$and", terms).append(
            PageDocument.AT,
            new Document("$gt", Date.from(Instant.ofEpochMilli(wanted.after()))).append(
                "$lte",
                Date.from(Instant.ofEpochMilli(wanted.until()))
            )
        );
        return new Document(PageDocument.MESSAGES, new Document("$elemMatch", message));
    }

    private static boolean tookTooLong(Throwable failure) {
        return Stream.concat(
            Stream.iterate(failure, cause -> cause != null, Throwable::getCause),
            Arrays.stream(failure.getSuppressed()).map(TermIndex::root)
        ).anyMatch(MongoExecutionTimeoutException.class::isInstance);
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : failure.getCause();
    }
}
