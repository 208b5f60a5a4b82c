package chat.parley.realtime.api;

import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.members.Members;
import chat.parley.realtime.channels.protocol.ChannelKind;
import chat.parley.realtime.channels.protocol.ChannelName;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many members a presence channel has over all nodes, whatever their connections. */
@Component
final class UserCount implements ChannelAttribute {

    static final String NAME = "user_count";

    /** Each is a question of its own; they share one connection and wait for each other there anyway. */
    private static final int QUESTIONS_AT_ONCE = 256;

    private final Members members;

    UserCount(Members members) {
        this.members = members;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isOf(ChannelName channel) {
        return channel.kind() == ChannelKind.PRESENCE;
    }

    @Override
    public Mono<Map<String, Object>> of(App app, List<ChannelName> channels) {
        return Flux.fromIterable(channels)
            .flatMap(channel -> count(app, channel.value()), QUESTIONS_AT_ONCE)
            .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Map.Entry<String, Object>> count(App app, String channel) {
        return members.count(BroadcastEvent.keyOf(app.id(), channel)).map(count -> Map.entry(channel, count));
    }
}
