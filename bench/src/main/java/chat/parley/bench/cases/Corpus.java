package chat.parley.bench.cases;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people have said in some rooms, in its order; and words that are common and rare in it.
 *
 * @param rooms by name
 */
record Corpus(Map<String, List<Line>> rooms) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MESSAGES = 220_440;
    private static final int ROOMS = 153;
    private static final int WORDS = 40_000;
    private static final int LONGEST = 8_000;
    private static final int FEW = 3;
    private static final Pattern WORD = Pattern.compile("[a-z]{5,20}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]|\\p{Cs}");
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    /** @param speaker a number; who says how many there are decides whom it means */
    record Line(int speaker, Instant at, String content) {}

    /** JSON, one object a line, gzipped: {@code room}, {@code at}, {@code user}, {@code content}. */
    static Corpus read(Path file) throws IOException {
        Map<String, List<Line>> rooms = new LinkedHashMap<>();
        try (
            InputStream zipped = Files.newInputStream(file);
            BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(zipped), StandardCharsets.UTF_8)
            )
        ) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = JSON.readTree(line);
                String content = clean(json.path("content").asString(""));
                rooms
                    .computeIfAbsent(json.path("room").asString(), _ -> new ArrayList<>())
                    .add(
                        new Line(
                            json.path("user").asString("").hashCode(),
                            Instant.parse(json.path("at").asString()),
                            content
                        )
                    );
            }
        }
        return new Corpus(rooms);
    }

    private static String clean(String text) {
        String printable = CONTROL.matcher(text).replaceAll(" ");
        String some = printable.codePointCount(0, printable.length()) > LONGEST
            ? printable.substring(0, printable.offsetByCodePoints(0, LONGEST))
            : printable;
        return some.isBlank() ? "-" : some;
    }

    /** As many as people have said in the rooms of #ubuntu, in words that are as unevenly used as theirs. */
    static Corpus madeUp(long seed) {
        Random random = new Random(seed);
        String[] words = new String[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = word(random, i);
        }
        Map<String, List<Line>> rooms = new LinkedHashMap<>();
        for (int i = 0; i < MESSAGES; i++) {
            StringBuilder content = new StringBuilder();
            int length = 3 + random.nextInt(18);
            for (int place = 0; place < length; place++) {
                content.append(place == 0 ? "" : " ").append(words[zipf(random)]);
            }
            rooms
                .computeIfAbsent("room " + (i % ROOMS), _ -> new ArrayList<>())
                .add(new Line(random.nextInt(), START.plusSeconds(i), content.toString()));
        }
        return new Corpus(rooms);
    }

    /** Different ones for different numbers, and pronounceable. */
    private static String word(Random random, int number) {
        StringBuilder word = new StringBuilder();
        for (int rest = number + WORDS; rest > 0; rest /= 95) {
            word.append("bcdfghjklmnprstvwxz".charAt((rest % 95) / 5)).append("aeiou".charAt(rest % 5));
        }
        return word.append("nrst".charAt(random.nextInt(4))).toString();
    }

    /** The word of rank r as often as 1/r. */
    private static int zipf(Random random) {
        return (int) Math.min(WORDS - 1, Math.exp(random.nextDouble() * Math.log(WORDS)) - 1);
    }

    int size() {
        return rooms.values().stream().mapToInt(List::size).sum();
    }

    /** The word that most messages have. */
    String common() {
        return counts()
            .entrySet()
            .stream()
            .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
            .orElseThrow()
            .getKey();
    }

    /** A word that three messages have. */
    String rare() {
        return counts()
            .entrySet()
            .stream()
            .filter(count -> count.getValue() == FEW)
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    }

    /** Two words that stand beside each other somewhere in the middle. */
    String phrase() {
        List<Line> all = rooms.values().stream().flatMap(List::stream).toList();
        return all
            .subList(all.size() / 2, all.size())
            .stream()
            .map(line -> line.content.split(" ", -1))
            .filter(words -> words.length > 3)
            .filter(words -> WORD.matcher(words[1]).matches() && WORD.matcher(words[2]).matches())
            .findFirst()
            .map(words -> words[1] + " " + words[2])
            .orElseThrow();
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        rooms
            .values()
            .forEach(lines ->
                lines.forEach(line ->
                    List.of(line.content.split(" ", -1))
                        .stream()
                        .distinct()
                        .filter(word -> WORD.matcher(word).matches())
                        .forEach(word -> counts.merge(word, 1, Integer::sum))
                )
            );
        return counts;
    }
}
