package chat.parley.service.security;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers prove who they are.
 *
 * @param issuer the {@code iss} that access tokens must have
 * @param jwkSetUri where the keys are that access tokens are checked with
 * @param clockSkew how far the clocks of two machines may differ
 * @param serviceSecret what services sign their calls to each other with; at least 32 bytes
 */
@ConfigurationProperties("parley.security")
public record SecurityProperties(
    @DefaultValue("parley") String issuer,
    URI jwkSetUri,
    @DefaultValue("5s") Duration clockSkew,
    Secret serviceSecret
) {}
