package chat.parley.message.search;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.message.Message;
import chat.parley.message.MessageTerms;
import chat.parley.message.words.Language;
import chat.parley.message.words.Terms;
import chat.parley.service.paging.Limit;
import chat.parley.service.problem.Problem;
import chat.parley.service.problem.ValidationFailed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for.
 *
 * @param text may be blank if filters say enough
 * @param place where to go on; null at the beginning
 */
record SearchRequest(
    String text,
    Filters filters,
    @Nullable Instant before,
    @Nullable Instant after,
    int limit,
    @Nullable Place place
) {
    private static final int LONGEST = 256;

    /**
     * @param room null for all rooms of the caller
     * @param from null for everybody
     */
    record Filters(@Nullable RoomId room, @Nullable UserId from, boolean file, boolean link) {
        /**
         * @throws ValidationFailed if {@code has} names something that messages cannot have
         */
        static Filters of(@Nullable RoomId room, @Nullable UserId from, List<String> has) {
            if (!List.of("file", "link").containsAll(has)) {
                throw ValidationFailed.of("has", "unknown", "Messages can have a file or a link.");
            }
            return new Filters(room, from, has.contains("file"), has.contains("link"));
        }

        boolean allow(Message message) {
            return (
                (from == null || from.equals(message.author())) &&
                (!file || MessageTerms.hasFile(message)) &&
                (!link || MessageTerms.hasLink(message))
            );
        }

        /** Those filters that messages can be looked up by. */
        List<List<String>> terms() {
            List<List<String>> terms = new ArrayList<>();
            Optional.ofNullable(from).ifPresent(author -> terms.add(List.of(Terms.from(author))));
            if (file) {
                terms.add(List.of(Terms.file()));
            }
            if (link) {
                terms.add(List.of(Terms.link()));
            }
            return terms;
        }
    }

    /**
     * @throws ValidationFailed if there is nothing that could be looked for
     */
    static SearchRequest of(
        @Nullable String q,
        Filters filters,
        @Nullable Instant before,
        @Nullable Instant after,
        @Nullable Integer limit,
        @Nullable String cursor
    ) {
        String text = q == null ? "" : q;
        fault(text, filters).ifPresent(fault -> {
            throw new ValidationFailed(List.of(fault));
        });
        return new SearchRequest(text, filters, before, after, Limit.of(limit), Place.parse(cursor));
    }

    private static Optional<Problem.Field> fault(String text, Filters filters) {
        if (text.length() > LONGEST) {
            return fault("too_long", "At most 256 characters.");
        }
        if (text.isBlank()) {
            return filters.terms().isEmpty()
                ? fault(
                      "required",
                      "Write what to look for, or whom it should be from, or what it should have."
                  )
                : Optional.empty();
        }
        return Query.of(text, Language.STANDARD).isEmpty()
            ? fault("no_words", "There is no word or number in this to look for.")
            : Optional.empty();
    }

    private static Optional<Problem.Field> fault(String code, String message) {
        return Optional.of(new Problem.Field("q", code, message));
    }

    Query query(Language language) {
        return Query.of(text, language);
    }

    /** In milliseconds: what is found was sent later. */
    long floor() {
        return after == null ? -1 : Math.max(-1, after.toEpochMilli());
    }

    /** In milliseconds: what is found was not sent later. */
    long ceiling(Instant now) {
        long end = before == null ? now.toEpochMilli() : ceilMillis(before) - 1;
        return place == null ? end : Math.min(end, place.at());
    }

    private static long ceilMillis(Instant time) {
        return time.getNano() % 1_000_000 == 0 ? time.toEpochMilli() : time.toEpochMilli() + 1;
    }
}
