package chat.parley.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants measured.
 *
 * @param rounds how often
 * @param data a file with what people have said, to be searched; null if something is to be made up
 */
record Wish(List<String> names, int rounds, @Nullable Path data) {
    private static final int USUAL_ROUNDS = 5;
    private static final int MOST_ROUNDS = 50;

    Wish {
        names = List.copyOf(names);
    }

    /**
     * @param known all there are, and meant if none is named
     * @throws IllegalArgumentException naming the word that was not understood
     */
    static Wish of(List<String> words, List<String> known) {
        List<String> names = new ArrayList<>();
        int rounds = USUAL_ROUNDS;
        Path data = null;
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.removeFirst();
            if (word.equals("--rounds")) {
                rounds = rounds(rest.isEmpty() ? "" : rest.removeFirst());
            } else if (word.equals("--data")) {
                data = file(rest.isEmpty() ? "" : rest.removeFirst());
            } else if (known.contains(word)) {
                names.add(word);
            } else {
                throw new IllegalArgumentException(
                    "There is no benchmark " + word + ", but " + String.join(", ", known)
                );
            }
        }
        return new Wish(names.isEmpty() ? known : names, rounds, data);
    }

    private static Path file(String value) {
        Path file = Path.of(value);
        if (value.isEmpty() || !Files.isReadable(file)) {
            throw new IllegalArgumentException("--data wants a file that can be read");
        }
        return file;
    }

    private static int rounds(String value) {
        int rounds = value.matches("\\d{1,3}") ? Integer.parseInt(value) : 0;
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("--rounds wants a number from 1 to " + MOST_ROUNDS);
        }
        return rounds;
    }
}
