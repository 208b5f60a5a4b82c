package chat.parley.room.accounts.keys;

import chat.parley.service.security.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How access tokens are signed.
 *
 * @param sealKey what the private keys in the database are sealed with; at least 32 bytes
 * @param sealKeyPrevious what they were sealed with before; such seals are opened, and made anew
 * @param accessTokenLifetime how long a token is good
 * @param keyLifetime how long a key signs
 * @param keyLead how long a key is published before it signs: longer than anybody may go on with older keys
 * @param keysMaxAge how long this instance goes without asking the database for keys that others have added
 * @param keysReloadInterval how often, at most, the database is asked because of a key that nobody here knows
 */
@ConfigurationProperties("parley.auth")
record KeysProperties(
    Secret sealKey,
    @Nullable Secret sealKeyPrevious,
    @DefaultValue("15m") Duration accessTokenLifetime,
    @DefaultValue("30d") Duration keyLifetime,
    @DefaultValue("15m") Duration keyLead,
    @DefaultValue("60s") Duration keysMaxAge,
    @DefaultValue("1s") Duration keysReloadInterval
) {
    /** How long others may keep our answer. */
    static final Duration PUBLISHED_FOR = Duration.ofMinutes(5);

    /** What clocks may differ by and statements may take, with room to spare. */
    static final Duration MARGIN = Duration.ofMinutes(1);

    KeysProperties {
        require(isPositive(accessTokenLifetime), "access-token-lifetime must be positive");
        require(isPositive(keysMaxAge), "keys-max-age must be positive");
        require(isPositive(keysReloadInterval), "keys-reload-interval must be positive");
        require(
            keyLead.compareTo(PUBLISHED_FOR.plus(keysMaxAge).plus(MARGIN)) >= 0,
            "key-lead must be at least keys-max-age and six minutes: for so long others may not know a new key"
        );
        require(
            keyLifetime.compareTo(keyLead.multipliedBy(2)) >= 0,
            "key-lifetime must be at least twice key-lead"
        );
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("parley.auth." + rule);
        }
    }
}
