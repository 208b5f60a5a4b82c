package chat.parley.realtime.api;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.protocol.ChannelName;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Something that {@code info} may ask of a channel. */
interface ChannelAttribute {
    /** The word in {@code info}, and in the answer. */
    String name();

    /** Whether such a channel has it. */
    boolean isOf(ChannelName channel);

    /**
     * Asks for several channels at once.
     *
     * @param channels that have it
     * @return by the channel's name; without those that have none at the moment
     */
    Mono<Map<String, Object>> of(App app, List<ChannelName> channels);
}
