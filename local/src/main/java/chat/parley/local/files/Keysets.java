package chat.parley.local.files;

import chat.parley.local.supervision.StartFailure;
import chat.parley.sealing.KeyId;
import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyset;
import chat.parley.sealing.KeysetFile;
import chat.parley.sealing.KeysetSource;
import chat.parley.sealing.KeysetUnusable;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The keysets that a suite makes for itself at its first start. Beside them stands a note of the keys that its messages
 * were sealed with: with the note and without the keys, messages would be lost for good, so nothing starts then.
 */
public final class Keysets {

    private static final String GIVEN = "given";

    private final DataFolder data;
    private final Map<String, String> environment;

    /**
     * @param environment of whoever starts the suite: keysets that it names are used in place of the suite's own
     */
    public Keysets(DataFolder data, Map<String, String> environment) {
        this.data = data;
        this.environment = Map.copyOf(environment);
    }

    /** One of a suite's keysets. */
    public enum Kind {
        MESSAGES(KeyPurpose.MESSAGES, "message-keyset", "PARLEY_MESSAGE_KEYSET"),
        SEARCH(KeyPurpose.SEARCH, "search-keyset", "PARLEY_SEARCH_KEYSET");

        /** Ends the name of the variable that says what wraps the keyset. */
        private static final String WRAPPED = "_KMS";

        private final KeyPurpose purpose;
        private final String label;
        private final String variable;

        Kind(KeyPurpose purpose, String label, String variable) {
            this.purpose = purpose;
            this.label = label;
            this.variable = variable;
        }

        public KeyPurpose purpose() {
            return purpose;
        }

        /** What tells a service where it is. */
        public String variable() {
            return variable;
        }
    }

    /**
     * Makes those that no start has made yet.
     *
     * @return what to tell services of each, as its variable's value
     * @throws StartFailure if one that messages were sealed with is gone, or is another one now
     */
    public Map<Kind, String> open() throws IOException {
        Properties note = note();
        Map<Kind, String> values = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            values.put(kind, open(kind, note));
        }
        write(note);
        return Map.copyOf(values);
    }

    /**
     * Where it is: where the environment says, or in the suite's own place.
     *
     * @throws StartFailure if the environment names something else than a file
     */
    public KeysetFile file(Kind kind) {
        String given = environment.getOrDefault(kind.variable, "");
        try {
            return given.isBlank()
                ? KeysetFile.readable(data.keyset(kind.label))
                : KeysetSource.file(given, environment.get(kind.variable + Kind.WRAPPED));
        } catch (KeysetUnusable unusable) {
            throw new StartFailure(kind.variable + ": " + unusable.getMessage());
        }
    }

    private String open(Kind kind, Properties note) throws IOException {
        String given = environment.getOrDefault(kind.variable, "");
        if (!given.isBlank()) {
            note.setProperty(kind.label, GIVEN);
            return given;
        }
        Path file = data.keyset(kind.label);
        String noted = note.getProperty(kind.label);
        KeyId current = noted == null ? currentOrNew(kind, file) : known(kind, file, noted);
        note.setProperty(kind.label, current.toString());
        return "file:" + file;
    }

    /** A keyset without a note is that of a start which came no further, or somebody has put it there. */
    private KeyId currentOrNew(Kind kind, Path file) throws IOException {
        KeysetFile keyset = KeysetFile.readable(file);
        if (!keyset.exists()) {
            Files.createDirectories(file.getParent());
            keyset.create(Keyset.fresh(kind.purpose));
        }
        return read(file).current();
    }

    private KeyId known(Kind kind, Path file, String noted) {
        if (noted.equals(GIVEN)) {
            throw lost(
                "%s named the keyset of the data in %s: set it again".formatted(kind.variable, data.root())
            );
        }
        Keyset keyset = read(file);
        if (!keyset.keys().contains(KeyId.of(noted))) {
            throw lost(
                "%s is not the keyset of the data in %s: key %s is missing".formatted(
                    file,
                    data.root(),
                    noted
                )
            );
        }
        return keyset.current();
    }

    private static Keyset read(Path file) {
        try {
            return KeysetFile.readable(file).read();
        } catch (KeysetUnusable unusable) {
            throw lost("What is stored cannot be opened: " + unusable.getMessage());
        }
    }

    private static StartFailure lost(String what) {
        return new StartFailure(what + "; or begin with empty data by --fresh");
    }

    private Properties note() throws IOException {
        Properties note = new Properties();
        if (Files.exists(data.keysetsNote())) {
            try (Reader reader = Files.newBufferedReader(data.keysetsNote())) {
                note.load(reader);
            }
        }
        return note;
    }

    private void write(Properties note) throws IOException {
        Path draft = data.run().resolve("keysets.new");
        try (Writer writer = Files.newBufferedWriter(draft)) {
            note.store(
                writer,
                "The key that sealed last, by keyset; without it nobody can read what is stored here."
            );
        }
        Files.move(
            draft,
            data.keysetsNote(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING
        );
    }
}
