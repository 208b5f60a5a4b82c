package chat.parley.service.security;

import chat.parley.contracts.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** A token that was found good, and whose it is. Its name is the same for the same user in every request. */
final class CallerAuthentication extends JwtAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable UserId user;

    private CallerAuthentication(Jwt token, String name, @Nullable UserId user) {
        super(token, List.of(), name);
        this.user = user;
    }

    static CallerAuthentication of(Jwt token, UserId user) {
        return new CallerAuthentication(token, user.toString(), user);
    }

    /** For a service that has no business with users, only with telling them apart. */
    static CallerAuthentication named(Jwt token, String name) {
        return new CallerAuthentication(token, name, null);
    }

    @Nullable
    UserId user() {
        return user;
    }
}
