package chat.parley.realtime.api;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.census.Census;
import chat.parley.realtime.channels.protocol.ChannelName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How many subscriptions a channel has over all nodes. */
@Component
final class SubscriptionCount implements ChannelAttribute {

    static final String NAME = "subscription_count";

    private final Census census;

    SubscriptionCount(Census census) {
        this.census = census;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isOf(ChannelName channel) {
        return true;
    }

    @Override
    public Mono<Map<String, Object>> of(App app, List<ChannelName> channels) {
        return census
            .subscriptions(app, channels.stream().map(ChannelName::value).toList())
            .collect(HashMap::new, (counts, totals) -> counts.putAll(totals.byName()));
    }
}
