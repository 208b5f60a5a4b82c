package chat.parley.sealing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The keysets of one suite in one folder, each in a file of its own by the name under which Kubernetes, Docker Compose
 * and the launcher look for it.
 */
public final class KeysetFolder {

    private final Path path;

    public KeysetFolder(Path path) {
        this.path = path;
    }

    /**
     * What Docker Compose runs before the services: makes the keysets that the folder does not have yet.
     *
     * @param words the folder
     */
    public static void main(String[] words) {
        if (words.length != 1) {
            end("wants one folder, where keysets are or shall be");
        }
        try {
            KeysetFolder folder = new KeysetFolder(Path.of(words[0]));
            List<Path> made = folder.complete();
            System.out.println(
                made.isEmpty() ? "the keysets of " + folder.path + " stay as they are" : "made " + made
            );
        } catch (IOException | KeysetUnusable e) {
            end("there are no keysets in " + words[0] + ": " + e.getMessage());
        }
    }

    private static void end(String why) {
        System.err.println("keysets: " + why);
        System.exit(1);
    }

    /** Where the keyset of this purpose is. */
    public Path file(KeyPurpose purpose) {
        return path.resolve(purpose.fileName());
    }

    /**
     * Makes the keysets that are not there; never changes one that is, but reads it.
     *
     * @return the files of those it has made
     * @throws KeysetUnusable if one that is there cannot be read, or others can read it
     */
    public List<Path> complete() throws IOException {
        Files.createDirectories(path);
        List<Path> made = new ArrayList<>();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            KeysetFile file = KeysetFile.readable(file(purpose));
            if (file.exists()) {
                file.read();
            } else {
                file.create(Keyset.fresh(purpose));
                made.add(file(purpose));
            }
        }
        return List.copyOf(made);
    }
}
