package chat.parley.local.transfer;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an import is to do.
 *
 * @param source under which the file is known: another run of the same goes on where the last one was
 * @param operator the username of whoever answers for it, and governs the rooms
 * @param users usernames here for people there, by whatever name or id they have there
 * @param strict whether the first thing that cannot be read is the end
 */
public record Plan(String source, String operator, Map<String, String> users, boolean strict) {
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    public Plan {
        users = Map.copyOf(users);
        if (!SOURCE.matcher(source).matches()) {
            throw new IllegalArgumentException(
                "a source is 1 to 40 letters, digits, dashes and underscores, not " + source
            );
        }
    }

    /** The file's name without its endings, as it can be a source. */
    public static String sourceOf(String fileName) {
        String plain = fileName
            .replaceFirst("(?i)\\.gz$", "")
            .replaceFirst("(?i)\\.(jsonl|ndjson|json|zip)$", "")
            .replaceAll("[^A-Za-z0-9_-]+", "-")
            .replaceAll("^-+|-+$", "");
        String cut = plain.substring(0, Math.min(40, plain.length()));
        return cut.isEmpty() ? "import" : cut;
    }
}
