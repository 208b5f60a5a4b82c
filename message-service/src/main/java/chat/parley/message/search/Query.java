package chat.parley.message.search;

import chat.parley.message.words.Language;
import chat.parley.message.words.Token;
import chat.parley.message.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is looked for: every phrase of it, wherever in the message.
 *
 * @param phrases none if only filters count
 */
record Query(List<Phrase> phrases) {
    private static final Pattern PARTS = Pattern.compile("[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|([^\\s\"“”„«»]+)");

    // Each narrows the look-up further, and costs a little; reading decides on all of them.
    private static final int MOST_LOOKED_UP = 6;

    Query {
        phrases = List.copyOf(phrases);
    }

    /** Words, of which the last may go on, and phrases between quotes, which are meant as they are. */
    static Query of(String text, Language language) {
        List<Phrase> phrases = new ArrayList<>();
        Matcher parts = PARTS.matcher(text);
        boolean open = false;
        while (parts.find()) {
            boolean quoted = parts.group(2) == null;
            String part = quoted ? parts.group(1) : parts.group(2);
            List<Wanted> words = Words.of(part, language)
                .stream()
                .map(token -> new Wanted(token, quoted, false))
                .toList();
            if (!words.isEmpty()) {
                phrases.add(new Phrase(words));
                open = !quoted;
            }
        }
        if (open) {
            phrases.add(phrases.removeLast().goingOn());
        }
        return new Query(phrases);
    }

    boolean isEmpty() {
        return phrases.isEmpty();
    }

    /** Where it stands in the text, or empty if it does not. */
    Optional<List<Span>> in(List<Token> text) {
        List<Span> found = new ArrayList<>();
        for (Phrase phrase : phrases) {
            List<Span> spans = phrase.in(text);
            if (spans.isEmpty()) {
                return Optional.empty();
            }
            found.addAll(spans);
        }
        return Optional.of(Span.merged(found));
    }

    /** Whatever matches has, of each of these, at least one. Long words, which are rare, are looked up first. */
    List<List<String>> terms() {
        return phrases
            .stream()
            .flatMap(phrase -> phrase.terms().stream())
            .distinct()
            .sorted(Comparator.comparingInt((List<String> anyOf) -> anyOf.getFirst().length()).reversed())
            .limit(MOST_LOOKED_UP)
            .toList();
    }
}
