package chat.parley.message.search;

import chat.parley.message.words.Terms;
import chat.parley.message.words.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Words that have to stand one after the other.
 *
 * @param words at least one
 */
record Phrase(List<Wanted> words) {
    Phrase {
        words = List.copyOf(words);
    }

    /** Everywhere it stands in a text. */
    List<Span> in(List<Token> text) {
        return IntStream.rangeClosed(0, text.size() - words.size())
            .filter(at -> standsAt(text, at))
            .mapToObj(at -> new Span(text.get(at).start(), text.get(at + words.size() - 1).end()))
            .toList();
    }

    private boolean standsAt(List<Token> text, int at) {
        return IntStream.range(0, words.size()).allMatch(word -> fits(word, text.get(at + word)));
    }

    private boolean fits(int word, Token found) {
        Wanted wanted = words.get(word);
        return wanted.is(found) && (word == 0 || !wanted.token().isGlued() || found.isGlued());
    }

    /** Whatever it stands in has, of each of these, at least one. */
    List<List<String>> terms() {
        List<List<String>> terms = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Token token = words.get(i).token();
            if (i > 0 && token.isGlued()) {
                terms.add(List.of(Terms.pair(words.get(i - 1).token(), token)));
            } else if (!isBeginningOfPair(i)) {
                terms.add(words.get(i).terms());
            }
        }
        return terms;
    }

    private boolean isBeginningOfPair(int i) {
        return i + 1 < words.size() && words.get(i + 1).token().isGlued();
    }

    Phrase goingOn() {
        return new Phrase(
            Stream.concat(
                words.stream().limit(words.size() - 1),
                Stream.of(words.getLast().goingOn())
            ).toList()
        );
    }
}
