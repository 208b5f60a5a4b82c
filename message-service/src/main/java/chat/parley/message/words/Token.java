package chat.parley.message.words;

/**
 * A word of a text, or one character of a script that writes words together.
 *
 * @param start where it begins in the text
 * @param end the place after its last character
 * @param surface the word without regard to case and accents
 * @param stem the same without its ending
 * @param isCharacter whether it is no word but a character
 * @param isGlued whether nothing stands between it and the character before it
 */
public record Token(int start, int end, String surface, String stem, boolean isCharacter, boolean isGlued) {
    static Token word(int start, int end, String surface, String stem) {
        return new Token(start, end, surface, stem, false, false);
    }

    static Token character(int start, int end, String surface, boolean isGlued) {
        return new Token(start, end, surface, surface, true, isGlued);
    }
}
