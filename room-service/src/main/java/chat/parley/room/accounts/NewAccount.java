package chat.parley.room.accounts;

import chat.parley.room.Fields;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish to be a user.
 *
 * @param username in lower case
 */
record NewAccount(String username, String name, String password) {
    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{2,31}");
    private static final int MAX_NAME = 80;
    private static final int MIN_PASSWORD = 10;
    private static final int MAX_PASSWORD = 128;

    // @all in a message means everybody.
    private static final Set<String> RESERVED = Set.of("all");

    /**
     * @throws chat.parley.service.problem.ValidationFailed if a field is not as it must be
     */
    static NewAccount of(@Nullable String username, @Nullable String name, @Nullable String password) {
        Fields fields = new Fields();
        String lowerCase = username == null ? "" : username.toLowerCase(Locale.ROOT);
        if (!isUsername(lowerCase)) {
            fields.fault(
                "username",
                "invalid_username",
                "must be 3 to 32 letters, digits, dots, dashes and underscores, and begin with a letter or digit"
            );
        }
        String checkedName = fields.line("name", name, MAX_NAME);
        String checkedPassword = password == null ? "" : password;
        checkPassword(fields, checkedPassword);
        fields.check();
        return new NewAccount(lowerCase, checkedName, checkedPassword);
    }

    private static void checkPassword(Fields fields, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_PASSWORD) {
            fields.fault("password", "too_short", "must be at least " + MIN_PASSWORD + " characters");
        } else if (length > MAX_PASSWORD) {
            fields.fault("password", "too_long", "must be at most " + MAX_PASSWORD + " characters");
        } else if (password.codePoints().anyMatch(Fields::isUnprintable)) {
            fields.fault("password", "invalid_characters", "must not contain control characters");
        }
    }

    static boolean isUsername(String text) {
        return USERNAME.matcher(text).matches();
    }

    boolean isReserved() {
        return RESERVED.contains(username);
    }

    @Override
    public String toString() {
        return "NewAccount[" + username + "]";
    }
}
