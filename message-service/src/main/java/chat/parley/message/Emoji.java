package chat.parley.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells a single emoji from other text, by the grammar of Unicode's UTS #51 (ED-8 to ED-17): flags, keycaps, skin
 * tones, and sequences joined by ZWJ. Which of the joined ones a font can draw changes every year and is not asked.
 */
final class Emoji {

    private static final int VARIATION_EMOJI = 0xFE0F;
    private static final int ZWJ = 0x200D;
    private static final int FIRST_REGIONAL = 0x1F1E6;

    private static final Pattern VARIATION = Pattern.compile("[\\x{FE0E}\\x{FE0F}]");
    private static final Pattern KEYCAP = Pattern.compile("([0-9#*])\\x{20E3}");
    private static final Pattern FLAG = Pattern.compile("[\\x{1F1E6}-\\x{1F1FF}]{2}");
    private static final Pattern PARTS_FLAG = Pattern.compile(
        "\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F}"
    );

    // Digits, # and * are emoji only as keycaps, regional indicators only in pairs.
    private static final String ELEMENT =
        "(?:\\p{IsEmoji_Modifier_Base}\\p{IsEmoji_Modifier}|[\\p{IsEmoji}&&[^0-9#*\\x{1F1E6}-\\x{1F1FF}]])";
    private static final Pattern SEQUENCE = Pattern.compile(ELEMENT + "(?:\\x{200D}" + ELEMENT + "){0,9}");

    // Flags that are no country's in ISO 3166: islands, Europe, the United Nations, Kosovo.
    private static final Set<String> REGIONS = Stream.concat(
        Arrays.stream(Locale.getISOCountries()),
        Stream.of("AC", "CP", "CQ", "DG", "EA", "EU", "IC", "TA", "UN", "XK")
    ).collect(Collectors.toUnmodifiableSet());

    private Emoji() {}

    /** The emoji fully qualified, however many of its variation selectors were left out; empty if it is none. */
    static Optional<String> normalized(String written) {
        String bare = VARIATION.matcher(written).replaceAll("");
        Matcher keycap = KEYCAP.matcher(bare);
        if (keycap.matches()) {
            return Optional.of(keycap.group(1) + "\uFE0F\u20E3");
        }
        if (FLAG.matcher(bare).matches()) {
            return Optional.of(bare).filter(flag -> REGIONS.contains(regionOf(flag)));
        }
        if (PARTS_FLAG.matcher(bare).matches()) {
            return Optional.of(bare);
        }
        return SEQUENCE.matcher(bare).matches() ? Optional.of(qualified(bare)) : Optional.empty();
    }

    private static String regionOf(String flag) {
        return flag
            .codePoints()
            .map(indicator -> 'A' + indicator - FIRST_REGIONAL)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    }

    /** Says of every character that is text by itself that it is meant as a picture. */
    private static String qualified(String bare) {
        StringBuilder qualified = new StringBuilder();
        int[] characters = bare.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            qualified.appendCodePoint(character);
            boolean isModified = i + 1 < characters.length && Character.isEmojiModifier(characters[i + 1]);
            if (character != ZWJ && !Character.isEmojiPresentation(character) && !isModified) {
                qualified.appendCodePoint(VARIATION_EMOJI);
            }
        }
        return qualified.toString();
    }
}
