package chat.parley.service.security;

import chat.parley.contracts.UserId;

/**
 * The signed-in user who makes the request; a controller method asks for it by taking one as a parameter.
 *
 * @param id the user's id here, whoever issued the token
 * @param token the access token itself, for calls in the user's name
 */
public record Caller(UserId id, String token) {
    @Override
    public String toString() {
        return "Caller[" + id + "]";
    }
}
