package chat.parley.message;

import chat.parley.service.problem.ValidationFailed;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody reacts with: one emoji, or the name of one between colons.
 *
 * @param text in the one form in which all writings of the same emoji meet
 */
public record ReactionType(String text) {
    private static final int MAX_LENGTH = 64;
    private static final Pattern SHORTCODE = Pattern.compile(":[\\p{L}\\p{M}\\p{N}_+'-]+:");

    /**
     * @throws ValidationFailed if it is neither
     */
    public static ReactionType of(String written) {
        return find(written).orElseThrow(() ->
            ValidationFailed.of(
                "reaction_type",
                "invalid",
                "One emoji, or a :shortcode: of at most 64 characters."
            )
        );
    }

    /** Empty if it is neither. */
    public static Optional<ReactionType> find(String written) {
        boolean isShort = written.codePointCount(0, written.length()) <= MAX_LENGTH;
        String text = isShort ? Normalizer.normalize(written, Normalizer.Form.NFC) : "";
        if (SHORTCODE.matcher(text).matches()) {
            return Optional.of(new ReactionType(text));
        }
        return Emoji.normalized(text).map(ReactionType::new);
    }
}
