package chat.parley.gateway;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often clients may call. A call counts for its caller, and beside it for what it does.
 *
 * @param user all calls of one signed-in user
 * @param address all calls without a sign-in from one address, behind which a whole office may sit
 * @param sending a user's new messages
 * @param search a user's searches
 * @param upload a user's uploads
 * @param registration new accounts from one address
 */
@ConfigurationProperties("parley.gateway.limits")
public record RequestLimits(
    @DefaultValue("100/s burst 400") TokenBucket user,
    @DefaultValue("100/s burst 4000") TokenBucket address,
    @DefaultValue("50/s burst 200") TokenBucket sending,
    @DefaultValue("10/s burst 50") TokenBucket search,
    @DefaultValue("2/s burst 30") TokenBucket upload,
    @DefaultValue("30/min burst 60") TokenBucket registration
) {}
