package chat.parley.message.search;

import chat.parley.message.words.Terms;
import chat.parley.message.words.Token;
import java.util.List;

/**
 * A word that is looked for.
 *
 * @param exactly whether its ending counts, as between quotes
 * @param mayGoOn whether it may be the beginning of the word that is meant
 */
record Wanted(Token token, boolean exactly, boolean mayGoOn) {
    boolean is(Token found) {
        if (found.isCharacter() != token.isCharacter()) {
            return false;
        }
        return (
            found.surface().equals(token.surface()) ||
            (!exactly && found.stem().equals(token.stem())) ||
            (mayGoOn && found.surface().startsWith(token.surface()))
        );
    }

    /** Whatever is this word has one of these. */
    List<String> terms() {
        return mayGoOn
            ? List.of(Terms.word(token), Terms.prefix(token.surface()))
            : List.of(Terms.word(token));
    }

    Wanted goingOn() {
        boolean isLongEnough =
            token.surface().codePointCount(0, token.surface().length()) >= Terms.SHORTEST_PREFIX;
        return token.isCharacter() || !isLongEnough ? this : new Wanted(token, exactly, true);
    }
}
