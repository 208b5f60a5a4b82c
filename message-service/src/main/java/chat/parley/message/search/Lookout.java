package chat.parley.message.search;

import chat.parley.contracts.RoomId;
import chat.parley.message.Message;
import chat.parley.message.Page;
import chat.parley.message.RoomLanguages;
import chat.parley.message.TermHashes;
import chat.parley.message.words.Language;
import chat.parley.message.words.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a search looks for, for each of the rooms it looks in.
 *
 * @param queries by the language of the room
 * @param terms of each of these, whatever is found has at least one
 */
record Lookout(
    SearchRequest request,
    Map<RoomId, Language> rooms,
    Map<Language, Query> queries,
    List<Set<Integer>> terms
) {
    static Lookout of(SearchRequest request, List<RoomId> rooms, RoomLanguages languages, TermHashes hashes) {
        Map<RoomId, Language> spoken = new HashMap<>();
        Map<Language, Query> queries = new HashMap<>();
        List<Set<Integer>> terms = new ArrayList<>();
        for (RoomId room : rooms) {
            Language language = languages.of(room);
            spoken.put(room, language);
            Query query = queries.computeIfAbsent(language, request::query);
            add(
                hashes,
                room,
                Stream.concat(query.terms().stream(), request.filters().terms().stream()).toList(),
                terms
            );
        }
        return new Lookout(request, spoken, queries, terms);
    }

    /**
     * Another room's terms are found in no message of this one, so that they can stand side by side. Should one
     * language have more of them than another, the surplus is left to reading.
     */
    private static void add(
        TermHashes hashes,
        RoomId room,
        List<List<String>> ofRoom,
        List<Set<Integer>> terms
    ) {
        if (terms.isEmpty()) {
            ofRoom.forEach(_ -> terms.add(new HashSet<>()));
        }
        while (terms.size() > ofRoom.size()) {
            terms.removeLast();
        }
        for (int i = 0; i < terms.size(); i++) {
            terms.get(i).addAll(hashes.of(room, ofRoom.get(i)));
        }
    }

    boolean covers(RoomId room) {
        return rooms.containsKey(room);
    }

    /** What is found on the page in the time that is looked at. */
    List<Found> in(Page page, Sweep sweep) {
        Language language = rooms.get(page.id().room());
        Query query = queries.get(language);
        if (language == null || query == null) {
            return List.of();
        }
        return page
            .messages()
            .stream()
            .filter(message -> isWanted(message, sweep))
            .flatMap(message -> found(message, page, query, language).stream())
            .toList();
    }

    private boolean isWanted(Message message, Sweep sweep) {
        long at = message.at().toEpochMilli();
        return (
            at > sweep.after() &&
            at <= sweep.until() &&
            !message.isDeleted() &&
            (request.place() == null || request.place().isBefore(message)) &&
            request.filters().allow(message)
        );
    }

    private static Optional<Found> found(Message message, Page page, Query query, Language language) {
        return query.in(Words.of(message.content(), language)).map(spans -> new Found(message, page, spans));
    }
}
