package chat.parley.realtime.channels.members;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the nodes count presence channels' members together.
 *
 * @param lease after how long without a sign of life a node's members are taken out
 * @param renewal how often a node gives its sign of life
 * @param timeout how long Redis may take
 */
@Validated
@ConfigurationProperties("parley.realtime.members")
public record MembersProperties(
    @DefaultValue("30s") Duration lease,
    @DefaultValue("10s") Duration renewal,
    @DefaultValue("2s") Duration timeout
) {}
