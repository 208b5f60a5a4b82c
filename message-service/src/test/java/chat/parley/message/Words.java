package chat.parley.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Words that nobody has ever used, and where they show, be it by their first letters alone: in capitals or not, with
 * accents or without, in UTF-8, UTF-16 or, wherever they begin in it, base64.
 */
final class Words {

    private static final String LETTERS = "gjkmpquvwxyzßñüø";
    private static final int SHORTEST = 8;
    private static final int TELLING = 6;
    private static final List<Charset> ENCODINGS = List.of(
        StandardCharsets.UTF_8,
        StandardCharsets.UTF_16LE,
        StandardCharsets.UTF_16BE
    );

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<String> all = new ArrayList<>();

    /** A new one, capitalized. */
    String one() {
        String word =
            "Z" +
            random
                .ints(SHORTEST + random.nextInt(6), 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
        all.add(word);
        return word;
    }

    /** Some new ones. */
    String some() {
        return String.join(" ", one(), one(), one()) + ".";
    }

    List<String> all() {
        return List.copyOf(all);
    }

    /** Those that show in these bytes. */
    Set<String> in(byte[] bytes) {
        String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
        return all
            .stream()
            .filter(word -> forms(word).anyMatch(haystack::contains))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> forms(String word) {
        return spellings(word)
            .flatMap(spelling -> ENCODINGS.stream().map(spelling::getBytes))
            .flatMap(bytes -> Stream.concat(Stream.of(bytes), base64(bytes)))
            .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
            .distinct();
    }

    private static Stream<String> spellings(String word) {
        String bare = Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return Stream.of(word, bare)
            .flatMap(one -> Stream.of(one, one.toLowerCase(Locale.ROOT), one.toUpperCase(Locale.ROOT)))
            .map(one -> one.substring(0, TELLING));
    }

    /** What base64 makes of the bytes whatever stands before and behind them. */
    private static Stream<byte[]> base64(byte[] bytes) {
        return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder()).flatMap(encoder ->
            IntStream.range(0, 3).mapToObj(before -> base64(bytes, before, encoder))
        );
    }

    private static byte[] base64(byte[] bytes, int before, Base64.Encoder encoder) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        byte[] text = encoder.withoutPadding().encode(shifted);
        return Arrays.copyOfRange(text, (before * 8 + 5) / 6, (shifted.length * 8) / 6);
    }

    @Override
    public String toString() {
        return "words of seed " + seed + ": " + all;
    }
}
