package chat.parley.realtime.channels.nodes;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the nodes know of each other.
 *
 * @param lease after how long without a sign of life what a node holds is taken out
 * @param renewal how often a node gives its sign of life
 * @param timeout how long Redis may take to answer
 */
@Validated
@ConfigurationProperties("parley.realtime.nodes")
public record NodesProperties(
    @DefaultValue("30s") Duration lease,
    @DefaultValue("10s") Duration renewal,
    @DefaultValue("2s") Duration timeout
) {}
