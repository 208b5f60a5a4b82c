package chat.parley.realtime.api;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.cache.KeptEvent;
import chat.parley.realtime.channels.cache.KeptEvents;
import chat.parley.realtime.channels.protocol.ChannelName;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The last event of a cache channel, while it is kept: its data, and for how many seconds more. */
@Component
final class CachedEvent implements ChannelAttribute {

    private static final int QUESTIONS_AT_ONCE = 256;

    private final KeptEvents kept;

    CachedEvent(KeptEvents kept) {
        this.kept = kept;
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public boolean isOf(ChannelName channel) {
        return channel.isCached();
    }

    @Override
    public Mono<Map<String, Object>> of(App app, List<ChannelName> channels) {
        return Flux.fromIterable(channels)
            .flatMap(channel -> find(app, channel.value()), QUESTIONS_AT_ONCE)
            .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Map.Entry<String, Object>> find(App app, String channel) {
        return kept.find(app, channel).map(last -> Map.entry(channel, describe(last)));
    }

    private static Object describe(KeptEvent last) {
        return Map.of("data", last.event().data(), "ttl", last.left().toSeconds());
    }
}
