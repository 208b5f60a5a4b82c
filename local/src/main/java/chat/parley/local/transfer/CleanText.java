package chat.parley.local.transfer;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text from elsewhere as a message's content can be, nothing of it lost but what nobody sees. */
final class CleanText {

    /** What one message holds, in code points. */
    static final int LONGEST = 8_000;

    // mIRC's: bold, colour with its numbers, reset, reverse, italics, strike, underline.
    private static final Pattern IRC_FORMATS = Pattern.compile(
        "\\x03(?:\\d{1,2}(?:,\\d{1,2})?)?|[\\x02\\x0f\\x11\\x16\\x1d\\x1e\\x1f]"
    );
    private static final Pattern LINE_ENDS = Pattern.compile("\\r\\n?");

    private CleanText() {}

    /**
     * In NFC, without control characters but newline and tab, in pieces of at most {@link #LONGEST} that end at a word
     * where there is one.
     */
    static List<String> pieces(String text) {
        String rest = fit(text);
        List<String> pieces = new ArrayList<>();
        while (rest.codePointCount(0, rest.length()) > LONGEST) {
            int end = rest.offsetByCodePoints(0, LONGEST);
            int word = Math.max(rest.lastIndexOf('\n', end - 1), rest.lastIndexOf(' ', end - 1)) + 1;
            int cut = word > end / 2 ? word : end;
            add(pieces, rest.substring(0, cut));
            rest = rest.substring(cut);
        }
        add(pieces, rest);
        return pieces;
    }

    private static void add(List<String> pieces, String piece) {
        if (!piece.isBlank()) {
            pieces.add(piece);
        }
    }

    private static String fit(String text) {
        String unformatted = IRC_FORMATS.matcher(text).replaceAll("");
        String lines = LINE_ENDS.matcher(unformatted).replaceAll("\n");
        StringBuilder fit = new StringBuilder(lines.length());
        lines
            .codePoints()
            .filter(character -> !isControl(character))
            .map(character -> Character.getType(character) == Character.SURROGATE ? 0xfffd : character)
            .forEach(fit::appendCodePoint);
        return Normalizer.normalize(fit, Normalizer.Form.NFC);
    }

    private static boolean isControl(int character) {
        return Character.getType(character) == Character.CONTROL && character != '\n' && character != '\t';
    }

    /** The same for what stands on one line and has a bound: a name. */
    static String name(String text, int most) {
        StringBuilder name = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC)
            .codePoints()
            .filter(CleanText::isPrintable)
            .limit(most)
            .forEach(name::appendCodePoint);
        return name.toString().strip();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR -> false;
            case Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
