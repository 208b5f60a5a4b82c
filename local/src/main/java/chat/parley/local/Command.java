package chat.parley.local;

import chat.parley.local.files.Keysets;
import chat.parley.local.supervision.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /**
     * @param source under which the file is known; by the file's name if empty
     * @param mapping a file with usernames here for people there, if there is one
     * @param manners what else was asked for
     */
    record Import(
        Path data,
        Path file,
        Optional<String> source,
        Optional<String> operator,
        Optional<Path> mapping,
        Set<ImportManner> manners
    ) implements Command {
        public Import {
            manners = Set.copyOf(manners);
        }
    }

    /** @param out standard output if empty */
    record Export(Path data, String room, Optional<Path> out) implements Command {}

    /**
     * @param name the number of a key, or the folder in which new keysets shall be
     * @param forced whether what cannot be undone is done without asking whether it loses anything
     */
    record Keys(
        Path data,
        KeysAction action,
        WhichKeyset keyset,
        Optional<String> name,
        boolean forced
    ) implements Command {}

    /** What becomes of a keyset. */
    enum KeysAction {
        LIST,
        ADD,
        PROMOTE,
        DROP,
        NEW;

        boolean takesName() {
            return this == PROMOTE || this == DROP || this == NEW;
        }
    }

    /**
     * A keyset.
     *
     * @param file where it is; if empty, where the suite has it
     * @param kms the key that wraps what is in the file, if one does
     */
    record WhichKeyset(Keysets.Kind kind, Optional<Path> file, Optional<String> kms) {}

    /** How an import may be. */
    enum ImportManner {
        /** The first line that cannot be read is the end. */
        STRICT,
        /** Rooms of which the file does not say are for their members only. */
        GROUP,
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
            throw new StartFailure(
                "What shall it do? Try up, down, status, logs, audit, import, export, keys or test"
            );
        }
        if (words.getFirst().equals("audit")) {
            return Options.audit(words.subList(1, words.size()), usualData);
        }
        if (words.getFirst().equals("import")) {
            return TransferOptions.of(words.subList(1, words.size()), usualData).toImport();
        }
        if (words.getFirst().equals("export")) {
            return TransferOptions.of(words.subList(1, words.size()), usualData).toExport();
        }
        if (words.getFirst().equals("keys")) {
            return KeysOptions.of(words.subList(1, words.size()), usualData).toKeys();
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
