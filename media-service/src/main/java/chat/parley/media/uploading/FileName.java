package chat.parley.media.uploading;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Makes of whatever a client calls its file a name that is fit for every file system and every screen. */
final class FileName {

    private static final String NAMELESS = "file";
    private static final int MAX_BYTES = 255;
    private static final int LONGEST_EXTENSION = 20;

    private static final Pattern PATH = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);
    // Control and format characters (among them those that turn "gpj.exe" into "exe.jpg" on a screen), line ends,
    // halves of surrogate pairs, private and unassigned code points, and the replacement character.
    private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\uFFFD]");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern ONLY_DOTS = Pattern.compile("[. ]*");

    private FileName() {}

    static String of(String given) {
        String normal = Normalizer.normalize(given, Normalizer.Form.NFC);
        String last = PATH.matcher(normal).replaceFirst("");
        String fit = UNFIT.matcher(SPACE.matcher(last).replaceAll(" ")).replaceAll("").strip();
        return ONLY_DOTS.matcher(fit).matches() ? NAMELESS : shorten(fit);
    }

    /** Takes away from the end of the stem, so that the extension stays. */
    private static String shorten(String name) {
        if (bytesOf(name) <= MAX_BYTES) {
            return name;
        }
        String extension = extensionOf(name);
        int[] stem = name.substring(0, name.length() - extension.length()).codePoints().toArray();
        int length = stem.length;
        while (bytesOf(new String(stem, 0, length)) + bytesOf(extension) > MAX_BYTES) {
            length--;
        }
        return new String(stem, 0, length) + extension;
    }

    private static String extensionOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
    }

    private static int bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
