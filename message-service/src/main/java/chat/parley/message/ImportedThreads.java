package chat.parley.message;

import chat.parley.contracts.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the threads of imported messages, which name what they answer by its position in their source. Since pages
 * remember how far the source had come, the page of a position is found like a word in a dictionary.
 */
@Component
class ImportedThreads {

    private static final int PAGES_IN_A_ROOM_LOG2 = 50;

    private final Pages pages;

    ImportedThreads(Pages pages) {
        this.pages = pages;
    }

    /**
     * For each of the messages the seq of its thread's first one, where it answers something that is there; an answer to
     * an answer is in the same thread.
     *
     * @param target the page that takes them all
     * @param tail the room's last page; the target, or the one before it
     */
    Mono<List<@Nullable Long>> of(Page target, Page tail, String source, List<Imported> messages) {
        return Flux.fromIterable(messages)
            .filter(message -> message.answers() != null && indexOf(messages, message.answers()) < 0)
            .map(Imported::answers)
            .distinct()
            .concatMap(position -> earlier(tail, source, position).map(first -> new Found(position, first)))
            .collectMap(Found::position, Found::first)
            .map(found -> {
                List<@Nullable Long> parents = new ArrayList<>();
                for (Imported message : messages) {
                    Long answers = message.answers();
                    int index = answers == null ? -1 : indexOf(messages, answers);
                    parents.add(
                        index < 0 || index >= parents.size()
                            ? found.get(answers == null ? -1L : answers)
                            : Optional.ofNullable(parents.get(index)).orElse(target.next() + index)
                    );
                }
                return parents;
            });
    }

    private static int indexOf(List<Imported> messages, long position) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).position() == position) {
                return i;
            }
        }
        return -1;
    }

    private Mono<Long> earlier(Page tail, String source, long position) {
        Optional<Long> here = on(tail, source, position);
        return here.isPresent()
            ? Mono.just(here.get())
            : search(
                  tail.id().room(),
                  new Range(0, tail.id().number() - 1, PAGES_IN_A_ROOM_LOG2),
                  source,
                  position
              );
    }

    private Mono<Long> search(RoomId room, Range range, String source, long position) {
        if (range.isEmpty()) {
            return Mono.empty();
        }
        return pages
            .full(new PageId(room, range.middle()))
            .map(page -> look(page, range, source, position))
            // The room no longer keeps a page that is not there, nor those before it.
            .defaultIfEmpty(new Look(Optional.empty(), range.upper()))
            .flatMap(look ->
                Mono.justOrEmpty(look.found).switchIfEmpty(
                    Mono.defer(() -> search(room, look.rest, source, position))
                )
            );
    }

    private static Look look(Page page, Range range, String source, long position) {
        return new Look(
            on(page, source, position),
            page.reached(source) < position ? range.upper() : range.lower()
        );
    }

    private static Optional<Long> on(Page page, String source, long position) {
        String name = Imported.nameOf(source, position);
        return page
            .first(message -> name.equals(message.clientId()))
            .map(message -> Optional.ofNullable(message.parent()).orElse(message.seq()));
    }

    private record Look(Optional<Long> found, Range rest) {}

    private record Found(long position, long first) {}

    /** Pages that are still to be looked through, and in how many looks. */
    private record Range(long from, long to, int looks) {
        boolean isEmpty() {
            return from > to || looks == 0;
        }

        long middle() {
            return from + (to - from) / 2;
        }

        Range upper() {
            return new Range(middle() + 1, to, looks - 1);
        }

        Range lower() {
            return new Range(from, middle() - 1, looks - 1);
        }
    }
}
