package chat.parley.message.words;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What messages are looked up by, before it is hashed. Whatever matches a query has these; whether something that has
 * them matches is decided by reading it.
 */
public final class Terms {

    /** A prefix from this length on can be asked for. */
    public static final int SHORTEST_PREFIX = 3;

    // MongoDB refuses a document that makes more than 100,000 keys of one index; a page has 64 messages.
    private static final int MOST = 1_500;

    private static final int[] PREFIXES = { 3, 4, 6 };

    private Terms() {}

    /**
     * The terms of a message: its words and the beginnings of these. Of a message with very many different ones only
     * the first, words before beginnings.
     */
    public static List<String> of(List<Token> tokens) {
        Set<String> terms = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            terms.add(token.isGlued() ? pair(tokens.get(i - 1), token) : word(token));
        }
        tokens.forEach(token -> addParts(token, terms));
        return terms.stream().limit(MOST).toList();
    }

    private static void addParts(Token token, Set<String> terms) {
        if (token.isCharacter()) {
            terms.add(word(token));
            return;
        }
        int length = token.surface().codePointCount(0, token.surface().length());
        for (int prefix : PREFIXES) {
            if (prefix <= length) {
                terms.add(beginning(token.surface(), prefix));
            }
        }
    }

    /** The term of a word, or of a character by itself. */
    public static String word(Token token) {
        return "w:" + token.stem();
    }

    /** The term of two characters that stand together. */
    public static String pair(Token one, Token next) {
        return "b:" + one.surface() + next.surface();
    }

    /**
     * The longest term that all words have that begin so.
     *
     * @param beginning at least {@link #SHORTEST_PREFIX} characters
     */
    public static String prefix(String beginning) {
        int length = beginning.codePointCount(0, beginning.length());
        int longest = SHORTEST_PREFIX;
        for (int prefix : PREFIXES) {
            longest = prefix <= length ? prefix : longest;
        }
        return beginning(beginning, longest);
    }

    private static String beginning(String word, int length) {
        return "p:" + word.substring(0, word.offsetByCodePoints(0, length));
    }

    /** The term of everything that somebody has written. */
    public static String from(Object author) {
        return "f:" + author;
    }

    /** The term of messages with files. */
    public static String file() {
        return "h:file";
    }

    /** The term of messages with links. */
    public static String link() {
        return "h:link";
    }
}
