package chat.parley.realtime.api;

import chat.parley.realtime.channels.Publisher.Publication;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.AppLimits;
import chat.parley.realtime.channels.protocol.ChannelKind;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.service.problem.MalformedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event that an app's server publishes: to one channel or to a list of them. */
record EventRequest(
    @Nullable String name,
    @Nullable String data,
    @Nullable String channel,
    @Nullable List<@Nullable String> channels,
    @Nullable String socketId,
    @Nullable String info
) {
    private static final int MAX_NAME = 200;
    private static final int MAX_CHANNELS = 100;
    private static final int MAX_BYTES = 10 * 1024;

    /** One publication a channel. */
    List<Publication> publications(App app) {
        String event = requireName();
        String text = requireData();
        List<ChannelName> targets = requireChannels();
        requireWithin(app.limits(), event, text, targets);
        return targets
            .stream()
            .map(target -> new Publication(app, target.value(), event, text, socketId, null))
            .toList();
    }

    /** An app may be given less than the protocol allows to all of them. */
    private static void requireWithin(
        AppLimits limits,
        String event,
        String text,
        List<ChannelName> targets
    ) {
        if (event.length() > limits.maxEventName()) {
            throw new MalformedRequest(
                "An event's name has at most " + limits.maxEventName() + " characters in this app."
            );
        }
        long most = limits.maxEventSize().toBytes();
        if (text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new TooLarge("An event's data is at most " + most + " bytes in this app.");
        }
        if (targets.size() > limits.maxEventChannels()) {
            throw new MalformedRequest(
                "An event goes to at most " + limits.maxEventChannels() + " channels in this app."
            );
        }
    }

    private String requireName() {
        if (name == null || name.isEmpty() || name.length() > MAX_NAME) {
            throw new MalformedRequest("An event needs a name of 1 to 200 characters.");
        }
        if (name.startsWith("pusher:") || name.startsWith("pusher_internal:")) {
            throw new MalformedRequest("The name is reserved for the protocol.");
        }
        return name;
    }

    private String requireData() {
        if (data == null) {
            throw new MalformedRequest("An event needs data, which is a text.");
        }
        if (data.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new TooLarge("An event's data is at most 10 KB.");
        }
        return data;
    }

    /** Where it goes, each channel once. */
    List<ChannelName> requireChannels() {
        List<@Nullable String> named = channels != null
            ? channels
            : channel == null
                ? List.of()
                : List.of(channel);
        if (named.isEmpty() || named.size() > MAX_CHANNELS) {
            throw new MalformedRequest("An event needs 1 to 100 channels.");
        }
        List<ChannelName> targets = named.stream().map(EventRequest::wellFormed).distinct().toList();
        // Each has a key of its own: what is sealed for one of them, the others could not open.
        if (
            targets
                .stream()
                .filter(target -> target.kind() == ChannelKind.ENCRYPTED)
                .count() >
            1
        ) {
            throw new MalformedRequest("An event is for one encrypted channel at most.");
        }
        return targets;
    }

    private static ChannelName wellFormed(@Nullable String name) {
        return Optional.ofNullable(name)
            .flatMap(ChannelName::parse)
            .orElseThrow(() -> new MalformedRequest("There can be no channel of such a name."));
    }
}
