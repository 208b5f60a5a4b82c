package chat.parley.room.accounts;

import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.accounts.keys.AccessTokens.AccessToken;

/** {@code Session} of the API. */
record Session(UserSnapshot user, String accessToken, String tokenType, long expiresIn, String refreshToken) {
    static Session of(UserSnapshot user, AccessToken access, RefreshToken refresh) {
        return new Session(user, access.value(), "Bearer", access.lifetime().toSeconds(), refresh.value());
    }

    @Override
    public String toString() {
        return "Session[" + user.id() + "]";
    }
}
