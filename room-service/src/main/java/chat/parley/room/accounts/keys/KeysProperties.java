package chat.parley.room.accounts.keys;

import chat.parley.service.security.Secret;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How access tokens are signed.
 *
 * @param sealKey what the private keys in the database are sealed with; at least 32 bytes
 * @param accessTokenLifetime how long a token is good
 * @param keysMaxAge how long this instance goes without asking the database for keys that others have added
 */
@ConfigurationProperties("parley.auth")
record KeysProperties(
    Secret sealKey,
    @DefaultValue("15m") Duration accessTokenLifetime,
    @DefaultValue("60s") Duration keysMaxAge
) {}
