package chat.parley.room.accounts;

import chat.parley.room.Fields;
import chat.parley.room.Username;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish to be a user.
 *
 * @param username in lower case
 */
record NewAccount(String username, String name, String password) {
    private static final int MAX_NAME = 80;

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
        return Username.isOne(text);
    }

    boolean isReserved() {
        return Username.isReserved(username);
    }

    @Override
    public String toString() {
        return "NewAccount[" + username + "]";
    }
}
