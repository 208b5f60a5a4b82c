package chat.parley.service.security;

import org.springframework.security.authentication.AuthenticationServiceException;

/** Nobody can say whether the token is good: the issuer's keys cannot be had. */
final class KeysUnavailable extends AuthenticationServiceException {

    private static final long serialVersionUID = 1L;

    KeysUnavailable(String issuer, Throwable cause) {
        super("the keys of " + issuer + " cannot be had", cause);
    }
}
