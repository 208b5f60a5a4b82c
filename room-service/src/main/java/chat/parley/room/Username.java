package chat.parley.room;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a username looks like. */
public final class Username {

    public static final int SHORTEST = 3;
    public static final int LONGEST = 32;

    /** What somebody is called of whose name nothing can be in a username. */
    public static final String NAMELESS = "user";

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_.-]{2,31}");

    // @all in a message means everybody.
    private static final Set<String> RESERVED = Set.of("all");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern UNFIT = Pattern.compile("[^a-z0-9_.-]+");
    private static final Pattern UNFIT_ENDS = Pattern.compile("^[_.-]+|[_.-]+$");

    private Username() {}

    /**
     * The nearest to a name from elsewhere: in lower case, without accents, a dash for what cannot be here and none at
     * the ends. Empty if nothing is left; else long enough, and to be checked with {@link #isReserved}.
     */
    public static String like(String name) {
        String folded = MARKS.matcher(Normalizer.normalize(name.strip(), Normalizer.Form.NFKD)).replaceAll(
            ""
        );
        String written = UNFIT.matcher(folded.toLowerCase(Locale.ROOT)).replaceAll("-");
        String trimmed = UNFIT_ENDS.matcher(cut(written, LONGEST)).replaceAll("");
        return trimmed.isEmpty() || trimmed.length() >= SHORTEST ? trimmed : NAMELESS + "-" + trimmed;
    }

    /** The name with this end, within what a username may be long. */
    public static String ending(String name, String end) {
        return cut(name, LONGEST - end.length()) + end;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    /** Whether it is one, in lower case. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whether nobody may have it. */
    public static boolean isReserved(String username) {
        return RESERVED.contains(username);
    }
}
