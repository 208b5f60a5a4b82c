package chat.parley.message.search;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.message.Attachments;
import chat.parley.message.Pages;
import chat.parley.message.RoomLanguages;
import chat.parley.message.SearchProperties;
import chat.parley.message.TermHashes;
import chat.parley.message.TermIndex;
import chat.parley.service.paging.Page;
import chat.parley.service.problem.ValidationFailed;
import chat.parley.service.rooms.Memberships;
import chat.parley.service.rooms.RoomsClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Finds messages newest first: goes back in time span by span, has the index name the pages of a span that can hold
 * something, and reads these. It ends when the answer is full, and also when it has read enough for one request; the
 * cursor then says where to go on.
 */
@Component
class Search {

    // What other instances' clocks may be ahead of this one's.
    private static final Duration AHEAD = Duration.ofMinutes(5);

    // Rare words are found in one look-up.
    private static final int PAGES_OF_ALL_TIME = 32;

    // What a span holds is read whole, needed or not: a shorter span costs a look-up more, which is less than two pages.
    private static final int PAGES_OF_A_SPAN = 12;

    private static final int PAGES_OF_A_MOMENT = 1_000;
    private static final int PAGES_AT_ONCE = 4;
    private static final int MOST_LOOK_UPS = 40;

    private final Memberships memberships;
    private final RoomsClient rooms;
    private final RoomLanguages languages;
    private final TermHashes hashes;
    private final TermIndex index;
    private final Pages pages;
    private final Attachments attachments;
    private final SearchProperties properties;
    private final Clock clock;

    Search(
        Memberships memberships,
        RoomsClient rooms,
        RoomLanguages languages,
        TermHashes hashes,
        TermIndex index,
        Pages pages,
        Attachments attachments,
        SearchProperties properties,
        Clock clock
    ) {
        this.memberships = memberships;
        this.rooms = rooms;
        this.languages = languages;
        this.hashes = hashes;
        this.index = index;
        this.pages = pages;
        this.attachments = attachments;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @throws ValidationFailed (in the Mono) if the caller is in more rooms than can be searched at once
     */
    Mono<Page<FoundMessage>> find(SearchRequest request, UserId caller) {
        return roomsOf(request.filters().room(), caller)
            .filter(found -> !found.isEmpty())
            // Hashing and reading take the processor for milliseconds: others' requests need not wait for that.
            .publishOn(Schedulers.parallel())
            .flatMap(found -> sweep(request, Lookout.of(request, found, languages, hashes)))
            .defaultIfEmpty(new Page<>(List.of(), null));
    }

    private Mono<List<RoomId>> roomsOf(@Nullable RoomId one, UserId caller) {
        return one == null
            ? rooms.roomsOf(caller).doOnNext(this::requireFew)
            : memberships.require(one, caller).map(_ -> List.of(one));
    }

    private void requireFew(List<RoomId> all) {
        if (all.size() > properties.rooms()) {
            throw ValidationFailed.of("room_id", "required", "In so many rooms, say which one to look in.");
        }
    }

    private Mono<Page<FoundMessage>> sweep(SearchRequest request, Lookout lookout) {
        long enough = clock.millis() + properties.time().toMillis();
        long span = request.place() == null ? Sweep.ALL : request.place().span();
        Sweep start = Sweep.from(request.ceiling(clock.instant().plus(AHEAD)), request.floor(), span);
        return Mono.just(start)
            .expand(sweep -> isOver(sweep, request, enough) ? Mono.empty() : step(sweep, lookout))
            .last()
            .flatMap(sweep -> answer(sweep, request));
    }

    private boolean isOver(Sweep sweep, SearchRequest request, long enough) {
        return (
            sweep.isAtTheEnd() ||
            sweep.found().size() > request.limit() ||
            sweep.pages() >= properties.pages() ||
            sweep.lookUps() >= MOST_LOOK_UPS ||
            (sweep.lookUps() > 0 && clock.millis() > enough)
        );
    }

    private Mono<Sweep> step(Sweep sweep, Lookout lookout) {
        return index
            .find(new TermIndex.Wanted(lookout.terms(), sweep.after(), sweep.until(), mostPages(sweep)))
            .flatMap(candidates ->
                candidates.complete() || !sweep.canNarrow()
                    ? read(sweep, lookout, candidates)
                    : Mono.just(sweep.narrowed())
            );
    }

    private static int mostPages(Sweep sweep) {
        if (!sweep.canNarrow()) {
            return PAGES_OF_A_MOMENT;
        }
        return sweep.span() >= Sweep.ALL ? PAGES_OF_ALL_TIME : PAGES_OF_A_SPAN;
    }

    private Mono<Sweep> read(Sweep sweep, Lookout lookout, TermIndex.Candidates candidates) {
        return Flux.fromIterable(candidates.pages())
            .filter(page -> lookout.covers(page.room()))
            .flatMap(pages::current, PAGES_AT_ONCE)
            .publishOn(Schedulers.parallel(), PAGES_AT_ONCE)
            .flatMapIterable(page -> lookout.in(page, sweep))
            .sort((one, other) -> Place.NEWEST_FIRST.compare(one.message(), other.message()))
            .collectList()
            .map(found ->
                sweep.on(found, candidates.pages().size(), candidates.pages().size() < PAGES_OF_A_SPAN / 4)
            );
    }

    private Mono<Page<FoundMessage>> answer(Sweep sweep, SearchRequest request) {
        List<Found> shown = sweep.found().stream().limit(request.limit()).toList();
        List<MessageSnapshot> messages = shown
            .stream()
            .map(found -> found.message().snapshot(found.page().repliesTo(found.message().seq())))
            .toList();
        return attachments
            .renewed(messages)
            .map(renewed -> new Page<>(withHighlights(renewed, shown), cursor(sweep, request)));
    }

    private static List<FoundMessage> withHighlights(List<MessageSnapshot> messages, List<Found> shown) {
        return IntStream.range(0, shown.size())
            .mapToObj(i -> new FoundMessage(messages.get(i), shown.get(i).highlights()))
            .toList();
    }

    private static @Nullable String cursor(Sweep sweep, SearchRequest request) {
        if (sweep.found().size() > request.limit()) {
            return Place.behind(sweep.found().get(request.limit() - 1).message(), sweep.span()).toString();
        }
        return sweep.isAtTheEnd() ? null : Place.since(sweep.until(), sweep.span()).toString();
    }
}
