package chat.parley.local;

import chat.parley.local.Command.KeysAction;
import chat.parley.local.Command.WhichKeyset;
import chat.parley.local.files.Keysets;
import chat.parley.local.supervision.StartFailure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words after {@code keys}, sorted. */
final class KeysOptions {

    private static final Set<String> WITH_VALUE = Set.of("--data", "--keyset", "--kms");
    private static final Set<String> FLAGS = Set.of("--search", "--force");

    private final Path usualData;
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();

    private KeysOptions(Path usualData) {
        this.usualData = usualData;
    }

    static KeysOptions of(List<String> words, Path usualData) {
        KeysOptions options = new KeysOptions(usualData);
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            options.take(rest);
        }
        return options;
    }

    private void take(Deque<String> rest) {
        String word = Options.separated(rest);
        if (WITH_VALUE.contains(word)) {
            values.put(word, Options.value(word, rest));
        } else if (FLAGS.contains(word)) {
            flags.add(word);
        } else if (word.startsWith("-")) {
            throw new StartFailure("There is no option " + word);
        } else {
            names.add(word);
        }
    }

    Command.Keys toKeys() {
        KeysAction action = names.isEmpty() ? KeysAction.LIST : action(names.getFirst());
        List<String> further = names.subList(Math.min(1, names.size()), names.size());
        if (further.size() > (action.takesName() ? 1 : 0)) {
            throw new StartFailure("What does " + further.getLast() + " mean here? See ./parley help");
        }
        return new Command.Keys(
            value("--data").map(Path::of).orElse(usualData),
            action,
            keyset(),
            further.stream().findFirst(),
            flags.contains("--force")
        );
    }

    private static KeysAction action(String word) {
        for (KeysAction action : KeysAction.values()) {
            if (action.name().toLowerCase(Locale.ROOT).equals(word)) {
                return action;
            }
        }
        throw new StartFailure("keys can list, add, promote, drop and new, not " + word);
    }

    private WhichKeyset keyset() {
        Optional<String> kms = value("--kms");
        if (kms.isPresent() && value("--keyset").isEmpty()) {
            throw new StartFailure("--kms says what wraps the keyset that --keyset names");
        }
        return new WhichKeyset(
            flags.contains("--search") ? Keysets.Kind.SEARCH : Keysets.Kind.MESSAGES,
            value("--keyset").map(Path::of),
            kms
        );
    }

    private Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }
}
