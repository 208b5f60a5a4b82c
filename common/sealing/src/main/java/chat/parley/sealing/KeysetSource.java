package chat.parley.sealing;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a keyset comes from. */
public interface KeysetSource {
    /** What a keyset's configuration begins with if everybody knows its key; no service starts on one in production. */
    String PUBLIC_PREFIX = "local-only-";

    /**
     * Blocks while it does.
     *
     * @throws KeysetUnusable if it cannot be had right now, saying where it should have been
     */
    Keyset read();

    /**
     * The keyset that the configuration names.
     *
     * @param name {@code file:} and a path, or {@link #PUBLIC_PREFIX} and anything: a key made of these words, which
     *     is none outside of tests and a developer's machine
     * @param kms the URI of the key that wraps the keyset in the file, such as {@code aws-kms://arn:…}; blank or absent
     *     if the file holds the keys themselves
     * @throws KeysetUnusable if the configuration names none
     */
    static KeysetSource of(KeyPurpose purpose, String name, @Nullable String kms) {
        if (name.startsWith(PUBLIC_PREFIX)) {
            Keyset known = Keyset.fromSeed(purpose, name);
            return () -> known;
        }
        return file(name, kms);
    }

    /**
     * The file that the configuration names.
     *
     * @throws KeysetUnusable if it names none
     */
    static KeysetFile file(String name, @Nullable String kms) {
        if (!name.startsWith(KeysetFile.SCHEME)) {
            throw new KeysetUnusable(
                "no keyset is configured: it wants file: and the path of one, see docs/security.md"
            );
        }
        Path path = Path.of(name.substring(KeysetFile.SCHEME.length()));
        return kms == null || kms.isBlank()
            ? KeysetFile.readable(path)
            : KeysetFile.wrapped(path, KmsKey.of(kms));
    }
}
