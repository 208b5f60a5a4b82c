package chat.parley.service.problem;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.web.server.ServerWebExchange;

/** Tells a client what is wrong with its token, so that it knows whether to refresh, to sign in or to wait. */
final class TokenProblems {

    Problem problemOf(ServerWebExchange exchange, AuthenticationException denied) {
        String path = exchange.getRequest().getPath().value();
        HttpHeaders headers = exchange.getResponse().getHeaders();
        if (denied instanceof AuthenticationServiceException) {
            headers.set(HttpHeaders.RETRY_AFTER, "2");
            return Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "unavailable",
                "Tokens cannot be checked right now.",
                path
            );
        }
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        if (isExpired(denied)) {
            return Problem.of(
                HttpStatus.UNAUTHORIZED,
                "token_expired",
                "The access token has expired.",
                path
            );
        }
        return Problem.of(
            HttpStatus.UNAUTHORIZED,
            "unauthenticated",
            "A valid access token is needed: sign in first.",
            path
        );
    }

    private static boolean isExpired(AuthenticationException denied) {
        return (
            denied.getCause() instanceof JwtValidationException invalid &&
            onlyExpired(List.copyOf(invalid.getErrors()))
        );
    }

    private static boolean onlyExpired(List<OAuth2Error> errors) {
        return (
            !errors.isEmpty() &&
            errors
                .stream()
                .allMatch(error -> String.valueOf(error.getDescription()).startsWith("Jwt expired"))
        );
    }
}
