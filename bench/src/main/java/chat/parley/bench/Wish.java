package chat.parley.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants measured.
 *
 * @param rounds how often
 * @param data a file with what people have said, to be searched; null if something is to be made up
 * @param loadgen a folder with the load generator for sockets and the servers to compare with; null if there is none
 * @param minutes how long a soak takes
 */
record Wish(List<String> names, int rounds, @Nullable Path data, @Nullable Path loadgen, int minutes) {
    private static final int USUAL_ROUNDS = 5;
    private static final int MOST_ROUNDS = 50;
    private static final int USUAL_MINUTES = 10;
    private static final int MOST_MINUTES = 600;

    Wish {
        names = List.copyOf(names);
    }

    /**
     * @param usual what is meant if nothing is named
     * @param others what is measured only if it is named
     * @throws IllegalArgumentException naming the word that was not understood
     */
    static Wish of(List<String> words, List<String> usual, List<String> others) {
        List<String> known = Stream.concat(usual.stream(), others.stream()).toList();
        List<String> names = new ArrayList<>();
        int rounds = USUAL_ROUNDS;
        Path data = null;
        Path loadgen = null;
        int minutes = USUAL_MINUTES;
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.removeFirst();
            if (word.equals("--rounds")) {
                rounds = number(word, rest, MOST_ROUNDS);
            } else if (word.equals("--minutes")) {
                minutes = number(word, rest, MOST_MINUTES);
            } else if (word.equals("--data")) {
                data = file(rest.isEmpty() ? "" : rest.removeFirst());
            } else if (word.equals("--loadgen")) {
                loadgen = generator(rest.isEmpty() ? "" : rest.removeFirst());
            } else if (known.contains(word)) {
                names.add(word);
            } else {
                throw new IllegalArgumentException(
                    "There is no benchmark " + word + ", but " + String.join(", ", known)
                );
            }
        }
        return new Wish(names.isEmpty() ? usual : names, rounds, data, loadgen, minutes);
    }

    private static Path file(String value) {
        Path file = Path.of(value);
        if (value.isEmpty() || !Files.isReadable(file)) {
            throw new IllegalArgumentException("--data wants a file that can be read");
        }
        return file;
    }

    private static Path generator(String value) {
        Path folder = Path.of(value).toAbsolutePath();
        if (value.isEmpty() || !Files.isReadable(folder.resolve("bench.py"))) {
            throw new IllegalArgumentException("--loadgen wants a folder with bench.py and wsload in it");
        }
        if (!Files.isExecutable(folder.resolve("wsload"))) {
            throw new IllegalArgumentException("wsload is not built: run peers/setup.sh in " + folder);
        }
        return folder;
    }

    private static int number(String option, Deque<String> rest, int most) {
        String value = rest.isEmpty() ? "" : rest.removeFirst();
        int number = value.matches("\\d{1,3}") ? Integer.parseInt(value) : 0;
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(option + " wants a number from 1 to " + most);
        }
        return number;
    }
}
