package chat.parley.realtime.channels.webhook;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How apps' servers are called.
 *
 * @param gathering for how long a node gathers events into one call
 * @param maxEvents of one call
 * @param maxBody of one call; an event that is larger goes alone
 * @param maxGathered how much a node gathers while Kafka does not take it; beyond that events are dropped and counted
 * @param lookUp how often each node looks for what is due in Redis
 * @param finished how soon what a node took there must be in Kafka, or another takes it
 * @param connectTimeout of a call
 * @param timeout of the whole call
 * @param atOnce how many calls of one URL a node makes at once
 * @param inHand how many calls a node has in its hands over all URLs
 * @param pauses between two tries of a call; the last one again and again
 * @param patience how long after it was due a call is tried
 */
@Validated
@ConfigurationProperties("parley.realtime.webhooks")
public record WebhooksProperties(
    @DefaultValue("100ms") Duration gathering,
    @DefaultValue("50") @Min(1) @Max(1000) int maxEvents,
    @DefaultValue("256KB") DataSize maxBody,
    @DefaultValue("16MB") DataSize maxGathered,
    @DefaultValue("250ms") Duration lookUp,
    @DefaultValue("30s") Duration finished,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("5s") Duration timeout,
    @DefaultValue("4") @Min(1) int atOnce,
    @DefaultValue("512") @Min(8) int inHand,
    @DefaultValue({ "2s", "6s", "20s", "60s" }) @NotEmpty List<Duration> pauses,
    @DefaultValue("5m") Duration patience
) {
    public WebhooksProperties {
        pauses = List.copyOf(pauses);
    }

    /** How many different pauses there are, each with a topic of its own. */
    int levels() {
        return pauses.size();
    }

    /** Which pause follows so many failed tries. */
    int levelAfter(int tries) {
        return Math.clamp(tries - 1L, 0, pauses.size() - 1);
    }
}
