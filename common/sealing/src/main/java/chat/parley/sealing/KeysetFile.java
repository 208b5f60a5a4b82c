package chat.parley.sealing;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A keyset in a file: the keys themselves, for their owner's eyes only, or wrapped by a key that stays in a KMS. */
public final class KeysetFile implements KeysetSource {

    static final String SCHEME = "file:";

    // To the microsecond: two changes leave two files.
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
        "yyyyMMdd'T'HHmmss.SSSSSS'Z'"
    ).withZone(ZoneOffset.UTC);
    private static final long MOST_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    // A group may read: that is how Kubernetes gives a secret to a process that is not root.
    private static final Set<PosixFilePermission> TOO_OPEN = EnumSet.of(
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.OTHERS_WRITE
    );

    private final Path path;
    private final @Nullable Aead wrapping;

    private KeysetFile(Path path, @Nullable Aead wrapping) {
        this.path = path;
        this.wrapping = wrapping;
    }

    /** Holds the keys themselves: it is refused if others than its owner and group can read it. */
    public static KeysetFile readable(Path path) {
        return new KeysetFile(path, null);
    }

    /** Holds what only this key opens: anybody may read it. */
    static KeysetFile wrapped(Path path, Aead wrapping) {
        return new KeysetFile(path, wrapping);
    }

    public Path path() {
        return path;
    }

    public boolean exists() {
        return Files.exists(path);
    }

    @Override
    public Keyset read() {
        try {
            Aead key = wrapping;
            return key == null ? readKeys() : Keyset.parse(text(), key);
        } catch (NoSuchFileException e) {
            throw new KeysetUnusable("there is no keyset at " + path);
        } catch (IOException e) {
            throw new KeysetUnusable("the keyset at " + path + " cannot be read: " + reason(e), e);
        } catch (KeysetUnusable e) {
            throw new KeysetUnusable("the keyset at " + path + ": " + e.getMessage(), e.getCause());
        }
    }

    private Keyset readKeys() throws IOException {
        if (isPosix() && Files.getPosixFilePermissions(path).stream().anyMatch(TOO_OPEN::contains)) {
            throw new KeysetUnusable("others can read or change it; chmod 600 keeps it to its owner");
        }
        return Keyset.parse(text());
    }

    private String text() throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            throw new KeysetUnusable("it is too large to be one");
        }
        return Files.readString(path);
    }

    /** Puts it where none was. */
    public void create(Keyset keyset) throws IOException {
        if (exists()) {
            throw new KeysetUnusable("there is a keyset at " + path + " already");
        }
        write(keyset);
    }

    /**
     * As {@link #write}, and keeps the one that was there beside it, readable to whom it was.
     *
     * @return the file that has the former one now
     */
    public Path replace(Keyset keyset) throws IOException {
        Path former = path.resolveSibling(path.getFileName() + "." + STAMP.format(Instant.now()) + ".former");
        Files.copy(path, former, StandardCopyOption.COPY_ATTRIBUTES);
        write(keyset);
        return former;
    }

    /** Puts it in the old one's place; who reads meanwhile gets the one or the other. */
    public void write(Keyset keyset) throws IOException {
        Aead key = wrapping;
        Path folder = path.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(folder, path.getFileName().toString(), ".new", ownerOnly());
        try {
            Files.writeString(draft, key == null ? keyset.json() : keyset.json(key), StandardCharsets.UTF_8);
            if (exists() && isPosix()) {
                Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(path));
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return isPosix()
            ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(OWNER_ONLY) }
            : new FileAttribute<?>[0];
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String reason(IOException e) {
        String message = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    @Override
    public String toString() {
        return (wrapping == null ? "keys in " : "wrapped keys in ") + path;
    }
}
