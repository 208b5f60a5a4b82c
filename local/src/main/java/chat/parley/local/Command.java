package chat.parley.local;

import chat.parley.local.supervision.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the user asked for. */
sealed interface Command {
    /** Where the suite keeps its data. */
    Path data();

    /** @param port of the gateway */
    record Up(Path data, int port, Contents contents, Manner manner) implements Command {}

    record Down(Path data) implements Command {}

    record Status(Path data) implements Command {}

    /** @param component all if empty */
    record Logs(Path data, Optional<String> component) implements Command {}

    /** @param words for room-service, which knows its log */
    record Audit(Path data, List<String> words) implements Command {
        public Audit {
            words = List.copyOf(words);
        }
    }

    /** What becomes of the data of earlier runs. */
    enum Contents {
        KEPT,
        FRESH,
    }

    /** Whether the command lasts as long as the suite. */
    enum Manner {
        FOREGROUND,
        DETACHED,
    }

    /**
     * @param words the command and its options, as typed
     * @throws StartFailure naming the word that was not understood
     */
    static Command parse(List<String> words, Path usualData) {
        if (words.isEmpty()) {
            throw new StartFailure("What shall it do? Try up, down, status, logs, audit or test");
        }
        if (words.getFirst().equals("audit")) {
            return Options.audit(words.subList(1, words.size()), usualData);
        }
        Options options = Options.of(words.subList(1, words.size()), usualData);
        return switch (words.getFirst()) {
            case "up" -> options.up();
            case "down" -> new Down(options.onlyData());
            case "status" -> new Status(options.onlyData());
            case "logs" -> options.logs();
            default -> throw new StartFailure("There is no command " + words.getFirst());
        };
    }
}
