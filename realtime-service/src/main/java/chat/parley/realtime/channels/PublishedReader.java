package chat.parley.realtime.channels;

import chat.parley.contracts.Topic;
import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.contracts.broadcast.BroadcastEvent.ChannelPublished;
import chat.parley.contracts.json.EventCodec;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.log.RecordReader;
import chat.parley.realtime.channels.protocol.ServerMessages;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** What clients and apps' servers have published, on whichever node; see {@link Publisher}. */
@Component
final class PublishedReader implements RecordReader {

    private static final EventCodec<BroadcastEvent> CODEC = EventCodec.of(BroadcastEvent.class);

    private final Channels channels;

    PublishedReader(Channels channels) {
        this.channels = channels;
    }

    @Override
    public Topic topic() {
        return Topic.BROADCAST;
    }

    /** A record's key is the channel's key. */
    @Override
    public void read(ConsumerRecord<String, byte[]> record) {
        if (channels.isHeard(record.key())) {
            CODEC.read(record.value()).ifPresent(this::tell);
        }
    }

    private void tell(BroadcastEvent event) {
        switch (event) {
            case ChannelPublished published -> channels.publish(
                published.key(),
                () ->
                    ServerMessages.event(
                        published.channel(),
                        published.name(),
                        published.data(),
                        published.userId()
                    ),
                published.exceptSocketId(),
                published.at()
            );
        }
    }
}
