package chat.parley.local;

import chat.parley.local.Command.WhichKeyset;
import chat.parley.local.files.DataFolder;
import chat.parley.local.files.Keysets;
import chat.parley.local.supervision.StartFailure;
import chat.parley.local.transfer.StoredKeys;
import chat.parley.sealing.KeyId;
import chat.parley.sealing.KeyProof;
import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyset;
import chat.parley.sealing.KeysetFile;
import chat.parley.sealing.KeysetFolder;
import chat.parley.sealing.KeysetSource;
import chat.parley.sealing.KeysetUnusable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Shows and changes a keyset, the suite's own or any other. Each change is one step after which everything that is stored
 * can still be read; the services notice it while they run. The former keyset stays beside the new one.
 */
final class KeysCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Command.Keys wanted;
    private final DataFolder data;
    private final Map<String, String> environment;
    private final PrintStream out;

    KeysCommand(Command.Keys wanted, Map<String, String> environment, PrintStream out) {
        this.wanted = wanted;
        this.data = new DataFolder(wanted.data());
        this.environment = Map.copyOf(environment);
        this.out = out;
    }

    int run() throws IOException {
        try {
            switch (wanted.action()) {
                case LIST -> list();
                case ADD -> add();
                case PROMOTE -> promote();
                case DROP -> drop();
                case NEW -> create();
            }
            return 0;
        } catch (KeysetUnusable unusable) {
            throw new StartFailure(String.valueOf(unusable.getMessage()));
        }
    }

    private KeyPurpose purpose() {
        return wanted.keyset().kind().purpose();
    }

    private KeysetFile file() {
        WhichKeyset which = wanted.keyset();
        return which
            .file()
            .map(path -> KeysetSource.file("file:" + path, which.kms().orElse(null)))
            .orElseGet(() -> new Keysets(data, environment).file(which.kind()));
    }

    private Keyset read(KeysetFile file) {
        Keyset keyset = file.read();
        // Keys for something else are told at once, not when a service has read them.
        KeyProof.of(purpose(), keyset);
        return keyset;
    }

    private void list() throws IOException {
        KeysetFile file = file();
        Keyset keyset = read(file);
        Optional<StoredKeys> stored = reachable() ? Optional.of(stored()) : Optional.empty();
        out.println(file.path());
        for (KeyId key : keyset.keys()) {
            out.printf("  %-10s  %s%n", key, state(key, keyset, stored));
        }
    }

    private String state(KeyId key, Keyset keyset, Optional<StoredKeys> stored) {
        boolean seals = purpose() == KeyPurpose.MESSAGES;
        KeyId current = keyset.current();
        if (key.equals(current)) {
            return seals ? "seals and opens" : "hashes";
        }
        String other = seals ? "opens" : "does nothing";
        return stored
            .filter(_ -> isOlder(key, keyset))
            .map(keys -> keys.canDoWithout(purpose(), key, current) ? "is free to go" : other)
            .orElse(other);
    }

    /** A younger key than the current one could go as well, but has come to be promoted. */
    private static boolean isOlder(KeyId key, Keyset keyset) {
        return keyset.keys().indexOf(key) < keyset.keys().indexOf(keyset.current());
    }

    private boolean reachable() throws IOException {
        RunningServices services = new RunningServices(data, environment);
        return services.areElsewhere() || services.isRunning();
    }

    private StoredKeys stored() throws IOException {
        return StoredKeys.of(new RunningServices(data, environment).find(PATIENCE));
    }

    private void add() throws IOException {
        KeysetFile file = file();
        Keyset more = read(file).withNewKey(purpose());
        Path former = file.replace(more);
        KeyId added = more.keys().getLast();
        out.printf("Added key %s to %s; the former keyset is %s%n", added, file.path(), former);
        out.printf(
            "It does nothing yet. When all instances have logged it, ./parley keys promote %s puts it to use%n",
            added
        );
    }

    private void promote() throws IOException {
        KeysetFile file = file();
        Keyset keyset = read(file);
        KeyId key = wanted
            .name()
            .map(KeysCommand::key)
            .orElseGet(() -> keyset.keys().getLast());
        if (key.equals(keyset.current())) {
            throw new StartFailure(
                "Key " + key + " is the current one already; ./parley keys add makes another"
            );
        }
        if (purpose() == KeyPurpose.SEARCH && !wanted.forced()) {
            throw new StartFailure(
                "By another key nothing is found that was sent before; --force does it nevertheless"
            );
        }
        Path former = file.replace(keyset.withCurrent(key));
        note();
        out.printf("Key %s is the current one in %s; the former keyset is %s%n", key, file.path(), former);
        out.println(
            "What older keys have sealed is sealed anew; ./parley keys says when they are free to go"
        );
    }

    private void drop() throws IOException {
        KeysetFile file = file();
        Keyset keyset = read(file);
        KeyId key = wanted
            .name()
            .map(KeysCommand::key)
            .orElseThrow(() -> new StartFailure("drop wants the number of a key; ./parley keys lists them"));
        Keyset less = keyset.without(key);
        if (!wanted.forced()) {
            requireUnneeded(key, keyset.current());
        }
        Path former = file.replace(less);
        note();
        out.printf("Dropped key %s from %s%n", key, file.path());
        out.printf("Keep %s for as long as you keep backups from before%n", former);
        if (wanted.forced()) {
            out.printf(
                "Should message-service miss the key, PARLEY_LOST_KEYS=%s has it start without%n",
                key
            );
        }
    }

    private void requireUnneeded(KeyId key, KeyId current) throws IOException {
        if (!reachable()) {
            throw new StartFailure(
                "No message-service is there to say whether key " + key + " is needed; --force does not ask"
            );
        }
        if (!stored().canDoWithout(purpose(), key, current)) {
            throw new StartFailure(
                "What is stored may need key " + key + "; --force drops it and loses what it has sealed"
            );
        }
    }

    /** So that the suite looks for the key at its next start that seals now. */
    private void note() throws IOException {
        if (wanted.keyset().file().isEmpty() && data.exists()) {
            new Keysets(data, environment).open();
        }
    }

    private void create() throws IOException {
        if (wanted.keyset().file().isPresent()) {
            KeysetFile file = file();
            file.create(Keyset.fresh(purpose()));
            out.println("Made " + file.path());
            return;
        }
        Path folder = wanted
            .name()
            .map(Path::of)
            .orElseThrow(() -> new StartFailure("new wants a folder for keysets, or --keyset FILE"));
        for (Path made : new KeysetFolder(folder).complete()) {
            out.println("Made " + made);
        }
    }

    private static KeyId key(String number) {
        try {
            return KeyId.of(number);
        } catch (NumberFormatException _) {
            throw new StartFailure("No key has the number " + number + "; ./parley keys lists them");
        }
    }
}
