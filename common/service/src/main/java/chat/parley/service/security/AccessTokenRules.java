package chat.parley.service.security;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/** What an access token must be beside signed. */
final class AccessTokenRules {

    private AccessTokenRules() {}

    /** For tokens of room-service. */
    static DelegatingOAuth2TokenValidator<Jwt> own(SecurityProperties properties) {
        return new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(properties.clockSkew()),
            new JwtIssuerValidator(properties.issuer()),
            endsSomeDay()
        );
    }

    /** For tokens of the outside issuer. */
    static DelegatingOAuth2TokenValidator<Jwt> outside(SecurityProperties properties) {
        SecurityProperties.Outside outside = properties.outside();
        return new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(properties.clockSkew()),
            new JwtIssuerValidator(outside.issuerUri()),
            endsSomeDay(),
            new JwtClaimValidator<String>(JwtClaimNames.SUB, Identity::isSubject),
            new JwtClaimValidator<Collection<String>>(JwtClaimNames.AUD, given ->
                isMeant(outside.audience(), given)
            )
        );
    }

    private static OAuth2TokenValidator<Jwt> endsSomeDay() {
        return new JwtClaimValidator<Object>(JwtClaimNames.EXP, end -> end != null);
    }

    private static boolean isMeant(String audience, @Nullable Collection<String> given) {
        return audience.isEmpty() || (given != null && given.contains(audience));
    }
}
