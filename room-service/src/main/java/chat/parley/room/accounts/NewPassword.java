package chat.parley.room.accounts;

import chat.parley.room.Fields;
import org.jspecify.annotations.Nullable;

/** What a password must be like. Only its length counts: rules about its letters make people write it down. */
final class NewPassword {

    private static final int MIN_LENGTH = 10;
    static final int MAX_LENGTH = 128;

    private NewPassword() {}

    /** The password as it is given, with its faults noted. */
    static String check(Fields fields, String field, @Nullable String given) {
        String password = given == null ? "" : given;
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH) {
            fields.fault(field, "too_short", "must be at least " + MIN_LENGTH + " characters");
        } else if (length > MAX_LENGTH) {
            fields.fault(field, "too_long", "must be at most " + MAX_LENGTH + " characters");
        } else if (password.codePoints().anyMatch(Fields::isUnprintable)) {
            fields.fault(field, "invalid_characters", "must not contain control characters");
        }
        return password;
    }
}
