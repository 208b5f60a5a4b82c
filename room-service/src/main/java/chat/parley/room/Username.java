package chat.parley.room;

import java.util.Set;
import java.util.regex.Pattern;

/** What a username looks like. */
public final class Username {

    public static final int SHORTEST = 3;
    public static final int LONGEST = 32;

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_.-]{2,31}");

    // @all in a message means everybody.
    private static final Set<String> RESERVED = Set.of("all");

    private Username() {}

    /** Whether it is one, in lower case. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whether nobody may have it. */
    public static boolean isReserved(String username) {
        return RESERVED.contains(username);
    }
}
