package chat.parley.message;

import chat.parley.service.problem.Problem;
import java.text.Normalizer;
import java.util.Optional;

/**
 * What a message says: Unicode text in NFC, kept as it was written and never read as markup.
 *
 * @param text of at most 8,000 characters, counted as people count them in code points
 */
public record Content(String text) {
    static final int MAX_CHARACTERS = 8_000;

    // NFC never needs more than three times the UTF-16 units, so that what is longer cannot become valid.
    private static final int MAX_UNITS = 4 * MAX_CHARACTERS;

    public static Content of(String written) {
        return new Content(
            written.length() > MAX_UNITS ? written : Normalizer.normalize(written, Normalizer.Form.NFC)
        );
    }

    /** What is wrong with it, if anything. */
    public Optional<Problem.Field> fault(boolean hasAttachments) {
        if (text.codePointCount(0, text.length()) > MAX_CHARACTERS) {
            return fault("too_long", "At most 8,000 characters.");
        }
        if (text.codePoints().anyMatch(Content::isRefused)) {
            return fault("control_character", "No control characters but newline and tab.");
        }
        if (text.isBlank() && !hasAttachments) {
            return fault("empty", "Write something, or attach a file.");
        }
        return Optional.empty();
    }

    private static Optional<Problem.Field> fault(String code, String message) {
        return Optional.of(new Problem.Field("content", code, message));
    }

    /** Half a surrogate pair is no character and cannot be stored. */
    private static boolean isRefused(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character != '\n' && character != '\t';
            case Character.SURROGATE -> true;
            default -> false;
        };
    }
}
