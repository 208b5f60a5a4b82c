package chat.parley.local;

import chat.parley.local.Command.Contents;
import chat.parley.local.Command.Manner;
import chat.parley.local.supervision.StartFailure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The words after the command, sorted; each command takes what it knows and refuses the rest. */
final class Options {

    private static final int USUAL_PORT = 8080;
    private static final int HIGHEST_PORT = 65_535;

    private final List<String> names = new ArrayList<>();
    private Path data;
    private OptionalInt port = OptionalInt.empty();
    private Contents contents = Contents.KEPT;
    private Manner manner = Manner.FOREGROUND;

    private Options(Path usualData) {
        this.data = usualData;
    }

    static Options of(List<String> words, Path usualData) {
        Options options = new Options(usualData);
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            options.take(rest);
        }
        return options;
    }

    /** Takes the folder out; all other words are as they were typed, {@code --limit=9} as two. */
    static Command.Audit audit(List<String> words, Path usualData) {
        Path data = usualData;
        List<String> others = new ArrayList<>();
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = separated(rest);
            if (word.equals("--data")) {
                data = Path.of(value(word, rest));
            } else {
                others.add(word);
            }
        }
        return new Command.Audit(data, others);
    }

    private void take(Deque<String> rest) {
        String word = separated(rest);
        switch (word) {
            case "--data" -> data = Path.of(value(word, rest));
            case "--port" -> port = OptionalInt.of(port(value(word, rest)));
            case "--fresh" -> contents = Contents.FRESH;
            case "--detach" -> manner = Manner.DETACHED;
            default -> name(word);
        }
    }

    /** {@code --port 9000} and {@code --port=9000} are the same. */
    static String separated(Deque<String> rest) {
        String word = rest.removeFirst();
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        if (equals <= 0) {
            return word;
        }
        rest.addFirst(word.substring(equals + 1));
        return word.substring(0, equals);
    }

    static String value(String option, Deque<String> rest) {
        String value = rest.pollFirst();
        if (value == null || value.isBlank()) {
            throw new StartFailure(option + " wants a value after it");
        }
        return value;
    }

    private static int port(String value) {
        if (
            value.matches("\\d{1,5}") &&
            Integer.parseInt(value) >= 1 &&
            Integer.parseInt(value) <= HIGHEST_PORT
        ) {
            return Integer.parseInt(value);
        }
        throw new StartFailure("--port wants a number from 1 to 65535, not " + value);
    }

    private void name(String word) {
        if (word.startsWith("-")) {
            throw new StartFailure("There is no option " + word);
        }
        names.add(word);
    }

    Command.Up up() {
        refuseNames(0);
        return new Command.Up(data, port.orElse(USUAL_PORT), contents, manner);
    }

    Command.Logs logs() {
        refuseOptionsOfUp();
        refuseNames(1);
        return new Command.Logs(data, names.stream().findFirst());
    }

    Path onlyData() {
        refuseOptionsOfUp();
        refuseNames(0);
        return data;
    }

    private void refuseNames(int known) {
        Optional<String> surplus = names.stream().skip(known).findFirst();
        surplus.ifPresent(word -> {
            throw new StartFailure("What does " + word + " mean here? See ./parley help");
        });
    }

    private void refuseOptionsOfUp() {
        if (port.isPresent() || contents == Contents.FRESH || manner == Manner.DETACHED) {
            throw new StartFailure("--port, --fresh and --detach belong to up");
        }
    }
}
