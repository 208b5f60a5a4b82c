package chat.parley.local;

import chat.parley.local.Command.ImportManner;
import chat.parley.local.supervision.StartFailure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words after {@code import} and {@code export}, sorted. */
final class TransferOptions {

    private static final Set<String> WITH_VALUE = Set.of(
        "--data",
        "--as",
        "--source",
        "--map-users",
        "--out"
    );

    private final Path usualData;
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private final Set<ImportManner> manners = EnumSet.noneOf(ImportManner.class);

    private TransferOptions(Path usualData) {
        this.usualData = usualData;
    }

    static TransferOptions of(List<String> words, Path usualData) {
        TransferOptions options = new TransferOptions(usualData);
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            options.take(rest);
        }
        return options;
    }

    private void take(Deque<String> rest) {
        String typed = Options.separated(rest);
        String word = typed.equals("--admin") ? "--as" : typed;
        if (WITH_VALUE.contains(word)) {
            values.put(word, Options.value(word, rest));
            return;
        }
        switch (word) {
            case "--strict" -> manners.add(ImportManner.STRICT);
            case "--group" -> manners.add(ImportManner.GROUP);
            default -> name(word);
        }
    }

    private void name(String word) {
        if (word.startsWith("-")) {
            throw new StartFailure("There is no option " + word);
        }
        names.add(word);
    }

    Command.Import toImport() {
        refuse(Set.of("--out"), "import");
        return new Command.Import(
            data(),
            Path.of(onlyName("import wants the file to read: ./parley import FILE")),
            value("--source"),
            value("--as"),
            value("--map-users").map(Path::of),
            manners
        );
    }

    Command.Export toExport() {
        refuse(Set.of("--as", "--source", "--map-users"), "export");
        if (!manners.isEmpty()) {
            throw new StartFailure("--strict and --group belong to import");
        }
        return new Command.Export(
            data(),
            onlyName("export wants a room: ./parley export ROOM, by its id or a public room's name"),
            value("--out").map(Path::of)
        );
    }

    private void refuse(Set<String> foreign, String command) {
        values
            .keySet()
            .stream()
            .filter(foreign::contains)
            .findFirst()
            .ifPresent(option -> {
                throw new StartFailure(command + " has no option " + option);
            });
    }

    private String onlyName(String complaint) {
        if (names.isEmpty()) {
            throw new StartFailure(complaint);
        }
        if (names.size() > 1) {
            throw new StartFailure("What does " + names.get(1) + " mean here? See ./parley help");
        }
        return names.getFirst();
    }

    private Path data() {
        return value("--data").map(Path::of).orElse(usualData);
    }

    private Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }
}
