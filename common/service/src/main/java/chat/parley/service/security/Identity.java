package chat.parley.service.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Somebody as an outside issuer knows them: issuer and subject together are one person for ever, the rest is what the
 * issuer tells of them. Also the body of {@code POST /internal/identities}.
 *
 * @param subject 1 to 255 characters, none of them a control character
 * @param username what the person goes by there, in any form
 */
public record Identity(
    String issuer,
    String subject,
    @Nullable String username,
    @Nullable String email,
    @Nullable String name
) {
    // OpenID Connect Core 1.0, section 2.
    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_CLAIM = 320;

    /** Of a token that was checked. */
    static Identity of(Jwt token) {
        return new Identity(
            token.getClaimAsString("iss"),
            token.getSubject(),
            text(token, "preferred_username"),
            text(token, "email"),
            text(token, "name")
        );
    }

    private static @Nullable String text(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String text && text.length() <= LONGEST_CLAIM
            ? text
            : null;
    }

    static boolean isSubject(@Nullable String text) {
        return (
            text != null &&
            !text.isEmpty() &&
            text.length() <= LONGEST_SUBJECT &&
            text.codePoints().noneMatch(Identity::isUnprintable)
        );
    }

    private static boolean isUnprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }

    /** Issuer and subject in 43 characters, which give away neither. */
    String key() {
        try {
            byte[] pair = (issuer + '\n' + subject).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(pair);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Identity[" + key() + "]";
    }
}
