package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.Publisher;
import chat.parley.realtime.channels.app.WebhookEvent;
import chat.parley.realtime.channels.fanout.Member;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.fanout.Subscription;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.realtime.channels.protocol.ClientMessage;
import chat.parley.realtime.channels.protocol.MalformedMessage;
import chat.parley.realtime.channels.protocol.ServerMessages;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Client events: what a subscriber tells the other subscribers of a private or presence channel. */
@Component
final class Whispering {

    private static final int MAX_BYTES = 10 * 1024;
    private static final int MAX_NAME = 200;
    private static final int RATE = 4301;

    private final Publisher publisher;
    private final ApplicationEventPublisher listeners;

    Whispering(Publisher publisher, ApplicationEventPublisher listeners) {
        this.publisher = publisher;
        this.listeners = listeners;
    }

    void whisper(Socket socket, ClientMessage message) throws MalformedMessage {
        ChannelName channel = ChannelName.parse(
            message.channel() == null ? "" : message.channel()
        ).orElseThrow(() -> new MalformedMessage("A client event needs its 'channel'"));
        Subscription subscription = socket.subscription(channel.value());
        if (!channel.kind().carriesClientEvents()) {
            throw new MalformedMessage("Client events are for private and presence channels only");
        }
        if (subscription == null) {
            throw new MalformedMessage("Subscribe to " + channel + " before sending events to it");
        }
        if (message.event().length() > MAX_NAME) {
            throw new MalformedMessage("An event's name has at most 200 characters");
        }
        String data = message.dataText();
        if (data.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new MalformedMessage("A client event's data is at most 10 KB");
        }
        if (!socket.mayWhisper()) {
            socket.send(
                ServerMessages.error(RATE, "Too many client events in one second; this one is dropped")
            );
            return;
        }
        publish(socket, channel, message, data, subscription.member());
    }

    private void publish(
        Socket socket,
        ChannelName channel,
        ClientMessage message,
        String data,
        @Nullable Member member
    ) throws MalformedMessage {
        String user = member == null ? null : member.userId();
        publisher
            .publish(
                new Publisher.Publication(
                    socket.app(),
                    channel.value(),
                    message.event(),
                    data,
                    socket.id(),
                    user
                )
            )
            .whenComplete((_, failure) -> {
                if (failure != null) {
                    socket.hub().offer(() -> notPublished(socket));
                }
            });
        if (socket.app().tellsOf(WebhookEvent.CLIENT_EVENT)) {
            listeners.publishEvent(
                new ClientEventSent(socket.app(), channel.value(), message.event(), data, socket.id(), user)
            );
        }
        listeners.publishEvent(
            new Whisper(socket.app(), channel, message.event(), fieldsOf(message), socket.userId())
        );
    }

    private static JsonNode fieldsOf(ClientMessage message) {
        try {
            return message.fields();
        } catch (MalformedMessage plainText) {
            return message.data();
        }
    }

    private static void notPublished(Socket socket) {
        socket.send(ServerMessages.error(null, "The client event could not be passed on"));
    }
}
