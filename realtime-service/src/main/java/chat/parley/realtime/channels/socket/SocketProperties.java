package chat.parley.realtime.channels.socket;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What one socket may take up, and how long it may be silent.
 *
 * @param activityTimeout after this long without a word the client should ping; the server does so as well
 * @param pongTimeout how much longer a client may then stay silent
 * @param maxMessage of a message from a client, all its frames together
 * @param maxOutbound how much may wait for a reader before it counts as too slow
 * @param maxConnections of all apps together on this node
 * @param maxConnectionsPerUser of one user of one app on this node
 * @param maxChannels that one socket is subscribed to
 * @param drainTime over which the sockets are closed when the node goes away
 * @param drainStep how often some of them are
 */
@Validated
@ConfigurationProperties("parley.realtime.sockets")
public record SocketProperties(
    @DefaultValue("120s") Duration activityTimeout,
    @DefaultValue("30s") Duration pongTimeout,
    @DefaultValue("64KB") DataSize maxMessage,
    @DefaultValue("1MB") DataSize maxOutbound,
    @DefaultValue("100000") @Min(1) int maxConnections,
    @DefaultValue("50") @Min(1) int maxConnectionsPerUser,
    @DefaultValue("1000") @Min(1) int maxChannels,
    @DefaultValue("20s") Duration drainTime,
    @DefaultValue("100ms") Duration drainStep
) {}
