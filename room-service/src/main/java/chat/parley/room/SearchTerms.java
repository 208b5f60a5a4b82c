package chat.parley.room;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names as people look for them: by the beginnings of words, whatever the case and the accents. */
public final class SearchTerms {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern USERNAME_PART = Pattern.compile("[a-z0-9_.-]{1,32}");
    private static final int MAX_WORDS = 8;
    // No name has a longer one, and PostgreSQL fails at words of more than 2,046 bytes.
    private static final int LONGEST_WORD = 500;
    private static final int MAX_SORTABLE = 60;

    private SearchTerms() {}

    /** A name as lists are sorted by: in lower case, without accents, and short enough for a cursor. */
    public static String sortable(String name) {
        String folded = folded(name);
        int characters = folded.codePointCount(0, folded.length());
        return characters <= MAX_SORTABLE
            ? folded
            : folded.substring(0, folded.offsetByCodePoints(0, MAX_SORTABLE));
    }

    private static String folded(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** What is kept of a name, for {@code array_to_tsvector}. */
    public static String[] of(String name) {
        return words(name).distinct().toArray(String[]::new);
    }

    /** What is kept of a user: the username in one piece, and the words of the name. */
    public static String[] of(String username, String name) {
        return Stream.concat(Stream.of(username), words(name)).distinct().toArray(String[]::new);
    }

    /**
     * A {@code tsquery} for what somebody has typed so far: each of the words begins one of the name's, or the whole
     * of it begins the username. Null if there is no word in it, or one that is longer than any name's.
     */
    static @Nullable String query(String typed) {
        List<String> words = words(typed).limit(MAX_WORDS).toList();
        if (words.stream().anyMatch(word -> word.length() > LONGEST_WORD)) {
            return null;
        }
        String username = typed.strip().toLowerCase(Locale.ROOT);
        List<String> alternatives = Stream.of(
            words.stream().map(SearchTerms::prefix).collect(Collectors.joining(" & ")),
            USERNAME_PART.matcher(username).matches() ? prefix(username) : ""
        )
            .filter(alternative -> !alternative.isEmpty())
            .map(alternative -> "(" + alternative + ")")
            .distinct()
            .toList();
        return alternatives.isEmpty() ? null : String.join(" | ", alternatives);
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(BETWEEN_WORDS.split(folded(text))).filter(word -> !word.isEmpty());
    }

    /** Words hold letters and digits only, usernames dots, dashes and underscores: nothing that ends the quotes. */
    private static String prefix(String word) {
        return "'" + word + "':*";
    }
}
