package chat.parley.service.security;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers prove who they are.
 *
 * @param issuer the {@code iss} that access tokens of room-service have
 * @param jwkSetUri where the keys are that those tokens are checked with
 * @param clockSkew how far the clocks of two machines may differ
 * @param serviceSecret what services sign their calls to each other with; at least 32 bytes
 * @param internalCalls whether other services may call this one below {@code /internal}
 */
@ConfigurationProperties("parley.security")
public record SecurityProperties(
    @DefaultValue("parley") String issuer,
    URI jwkSetUri,
    @DefaultValue("5s") Duration clockSkew,
    Secret serviceSecret,
    @DefaultValue("true") boolean internalCalls,
    @DefaultValue Keys keys,
    @DefaultValue Memory memory,
    @DefaultValue Outside outside
) {
    public SecurityProperties {
        if (issuer.equals(outside.issuerUri())) {
            throw new IllegalArgumentException("the outside issuer must not have the name of our own");
        }
    }

    /**
     * How an issuer's public keys are kept.
     *
     * @param timeout how long one answer may take
     * @param refreshAfter from this age on they are fetched again, behind the backs of those who use them
     * @param reloadPause at least so long after one fetch comes the next
     * @param usableFor how old room-service's keys may get while it does not answer; its tokens are over long before
     */
    public record Keys(
        @DefaultValue("3s") Duration timeout,
        @DefaultValue("5m") Duration refreshAfter,
        @DefaultValue("3s") Duration reloadPause,
        @DefaultValue("1h") Duration usableFor
    ) {
        public Keys {
            if (usableFor.compareTo(refreshAfter) < 0) {
                throw new IllegalArgumentException("parley.security.keys.usable-for is below refresh-after");
            }
        }
    }

    /**
     * What is remembered of tokens that have been checked.
     *
     * @param maxTokens how many
     * @param maxAge how long at most; never beyond the token's own end
     * @param maxIdentities how many of an outside issuer's people are known by their id here
     */
    public record Memory(
        @DefaultValue("10000") int maxTokens,
        @DefaultValue("60s") Duration maxAge,
        @DefaultValue("100000") int maxIdentities
    ) {
        public Memory {
            if (maxTokens < 1 || maxIdentities < 1) {
                throw new IllegalArgumentException("parley.security.memory needs room for at least one");
            }
        }
    }

    /**
     * An OIDC issuer that people sign in at, in place of room-service.
     *
     * @param issuerUri the {@code iss} of its tokens, to the letter; empty if there is none
     * @param audience what must be among a token's {@code aud}; empty takes every token of the issuer
     * @param jwkSetUri where its keys are; empty asks its {@code .well-known/openid-configuration}
     * @param keysUsableFor how old its keys may get while it does not answer
     */
    public record Outside(
        @DefaultValue("") String issuerUri,
        @DefaultValue("") String audience,
        @Nullable URI jwkSetUri,
        @DefaultValue("24h") Duration keysUsableFor
    ) {
        public Outside {
            if (!issuerUri.isEmpty() && !issuerUri.matches("https?://[^/?#]+[^?#]*")) {
                throw new IllegalArgumentException(
                    "PARLEY_AUTH_ISSUER_URI is no http or https URL without query: " + issuerUri
                );
            }
        }

        public boolean isConfigured() {
            return !issuerUri.isEmpty();
        }

        boolean hasJwkSetUri() {
            return jwkSetUri != null && !jwkSetUri.toString().isEmpty();
        }
    }
}
