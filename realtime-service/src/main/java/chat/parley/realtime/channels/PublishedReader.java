package chat.parley.realtime.channels;

import chat.parley.contracts.Topic;
import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.contracts.broadcast.BroadcastEvent.ChannelPublished;
import chat.parley.contracts.broadcast.BroadcastEvent.ConnectionsTerminated;
import chat.parley.contracts.json.EventCodec;
import chat.parley.realtime.channels.cache.LastEvents;
import chat.parley.realtime.channels.cache.PlacedEvent;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.log.RecordReader;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.realtime.channels.protocol.ServerMessages;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What clients and apps' servers have published, on whichever node; see {@link Publisher}. */
@Component
final class PublishedReader implements RecordReader {

    private static final EventCodec<BroadcastEvent> CODEC = EventCodec.of(BroadcastEvent.class);

    private final Channels channels;
    private final LastEvents lastEvents;
    private final ApplicationEventPublisher listeners;

    PublishedReader(Channels channels, LastEvents lastEvents, ApplicationEventPublisher listeners) {
        this.channels = channels;
        this.lastEvents = lastEvents;
        this.listeners = listeners;
    }

    @Override
    public Topic topic() {
        return Topic.BROADCAST;
    }

    @Override
    public void begin(int partition, long offset) {
        lastEvents.toldUpTo(partition, offset - 1);
    }

    /** A record's key is the channel's key. */
    @Override
    public void read(ConsumerRecord<String, byte[]> record) {
        if (concernsThisNode(record.key())) {
            CODEC.read(record.value()).ifPresent(event -> tell(event, record));
        }
        lastEvents.toldUpTo(record.partition(), record.offset());
    }

    /**
     * What nobody hears is not parsed, but for cache channels, whose next subscriber may be on the way in, and users'
     * own, where the end of their connections is told, too.
     */
    private boolean concernsThisNode(String channelKey) {
        if (channels.isHeard(channelKey)) {
            return true;
        }
        String channel = channelKey.substring(channelKey.indexOf('/') + 1);
        return ChannelName.isOfUser(channel) || ChannelName.isCached(channel);
    }

    private void tell(BroadcastEvent event, ConsumerRecord<String, byte[]> record) {
        switch (event) {
            case ChannelPublished published -> tell(published, record);
            case ConnectionsTerminated terminated -> listeners.publishEvent(
                new UserTerminated(terminated.appId(), terminated.userId())
            );
        }
    }

    private void tell(ChannelPublished published, ConsumerRecord<String, byte[]> record) {
        Supplier<ByteBuf> frame = () ->
            ServerMessages.event(published.channel(), published.name(), published.data(), published.userId());
        if (LastEvents.isKept(published.channel(), published.name())) {
            lastEvents.read(
                published.key(),
                new PlacedEvent(record.partition(), record.offset(), published.name(), published.data())
            );
            channels.publishKept(published.key(), frame, published.exceptSocketId(), published.at());
        } else {
            channels.publish(published.key(), frame, published.exceptSocketId(), published.at());
        }
    }
}
