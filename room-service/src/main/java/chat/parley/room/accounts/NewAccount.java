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
        String checkedPassword = NewPassword.check(fields, "password", password);
        fields.check();
        return new NewAccount(lowerCase, checkedName, checkedPassword);
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
