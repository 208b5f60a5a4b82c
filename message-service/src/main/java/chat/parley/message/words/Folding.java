package chat.parley.message.words;

import java.text.Normalizer;
import java.util.Locale;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/** Words without regard to case, accents, width and the ways of writing the same character. */
final class Folding {

    private static final int MOST_FOR_ONE = 4;
    private static final char BREVE = '\u0306';

    private Folding() {}

    static String fold(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return isAscii(lower) ? lower : ascii(withoutMarks(lower));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Composed again afterwards: a Hangul syllable or a voiced kana is no accent. */
    private static String withoutMarks(String lower) {
        String parts = Normalizer.normalize(lower, Normalizer.Form.NFKD);
        StringBuilder kept = new StringBuilder(parts.length());
        for (int i = 0; i < parts.length(); i++) {
            char part = parts.charAt(i);
            if (!isMark(part) || isShortI(kept, part)) {
                kept.append(part);
            }
        }
        // Decomposing has made capitals out of some signs, and the last sigma is a sigma.
        return Normalizer.normalize(kept, Normalizer.Form.NFC).toLowerCase(Locale.ROOT).replace('ς', 'σ');
    }

    private static boolean isMark(char part) {
        return (
            (part >= '\u0300' && part <= '\u036f') || // of Latin, Greek and Cyrillic
            (part >= '\u0591' && part <= '\u05c7' && Character.getType(part) == Character.NON_SPACING_MARK) || // Hebrew
            (part >= '\u064b' && part <= '\u065f') || // Arabic
            part == '\u0640' || // Arabic, only for width
            (part >= '\ufe00' && part <= '\ufe0f') // how a sign should look
        );
    }

    /** Russian й is a letter, not an и with an accent: its endings tell words apart. */
    private static boolean isShortI(StringBuilder kept, char part) {
        return part == BREVE && !kept.isEmpty() && kept.charAt(kept.length() - 1) == 'и';
    }

    /** What has no accent to take off: ø, ß, ł, æ. */
    private static String ascii(String word) {
        char[] in = word.toCharArray();
        char[] out = new char[MOST_FOR_ONE * in.length];
        int length = ASCIIFoldingFilter.foldToASCII(in, 0, out, 0, in.length);
        return new String(out, 0, length);
    }
}
