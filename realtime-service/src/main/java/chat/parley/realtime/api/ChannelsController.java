package chat.parley.realtime.api;

import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.census.Census;
import chat.parley.realtime.channels.members.Members;
import chat.parley.realtime.channels.protocol.ChannelKind;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.service.problem.MalformedRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** Pusher's HTTP API, as far as it asks: which channels somebody hears, how many they are, and who. */
@RestController
@RequestMapping("/apps/{appId}/channels")
class ChannelsController {

    private static final byte[] NO_BODY = {};
    private static final String PRESENCE = "presence-";
    /** What a list of channels may tell of each. */
    private static final Set<String> OF_LISTS = Set.of(UserCount.NAME, SubscriptionCount.NAME);
    /** {@code /apps/{id}/channels/{name}}: the path begins with a slash. */
    private static final int NAME_IN_PATH = 4;

    private final SignedApps apps;
    private final ChannelInfo info;
    private final Census census;
    private final Members members;

    ChannelsController(SignedApps apps, ChannelInfo info, Census census, Members members) {
        this.apps = apps;
        this.info = info;
        this.census = census;
        this.members = members;
    }

    @GetMapping
    Mono<Map<String, Object>> channels(
        @PathVariable String appId,
        @RequestParam(name = "filter_by_prefix", defaultValue = "") String prefix,
        @RequestParam(name = "info", required = false) String asked,
        ServerHttpRequest http
    ) {
        App app = apps.require(appId, http, NO_BODY);
        Set<ChannelAttribute> attributes = info.read(asked);
        attributes.forEach(attribute -> requireListed(attribute, prefix));
        return occupied(app, prefix)
            .flatMap(channels -> info.of(app, channels, attributes))
            .map(channels -> Map.of("channels", channels));
    }

    private static void requireListed(ChannelAttribute attribute, String prefix) {
        if (!OF_LISTS.contains(attribute.name())) {
            throw new MalformedRequest("A list of channels does not tell this attribute.");
        }
        if (attribute.name().equals(UserCount.NAME) && !prefix.startsWith(PRESENCE)) {
            throw new MalformedRequest(
                "Only presence channels have a user_count: filter by a prefix of theirs."
            );
        }
    }

    private Mono<List<ChannelName>> occupied(App app, String prefix) {
        return census
            .occupied(app)
            .map(Map.Entry::getKey)
            .filter(name -> name.startsWith(prefix))
            .distinct()
            .map(ChannelName::parse)
            .flatMapIterable(name -> name.stream().toList())
            .collectList()
            .transform(ChannelInfo::orUnavailable);
    }

    @GetMapping("/{name}")
    Mono<Map<String, Object>> channel(
        @PathVariable String appId,
        @RequestParam(name = "info", required = false) String asked,
        ServerHttpRequest http
    ) {
        App app = apps.require(appId, http, NO_BODY);
        ChannelName channel = requireChannel(http);
        Set<ChannelAttribute> attributes = info.read(asked);
        attributes.forEach(attribute -> requireOf(attribute, channel));
        return info
            .of(app, List.of(channel), attributes)
            .zipWith(isOccupied(app, channel), (known, occupied) ->
                describe(known.getOrDefault(channel.value(), Map.of()), occupied)
            );
    }

    private static void requireOf(ChannelAttribute attribute, ChannelName channel) {
        if (!attribute.isOf(channel)) {
            throw new MalformedRequest("Channels of this kind have no " + attribute.name() + ".");
        }
    }

    private Mono<Boolean> isOccupied(App app, ChannelName channel) {
        return census
            .subscriptions(app, List.of(channel.value()))
            .any(totals -> totals.of(channel.value()) > 0)
            .transform(ChannelInfo::orUnavailable);
    }

    private static Map<String, Object> describe(Map<String, Object> attributes, boolean occupied) {
        Map<String, Object> channel = new LinkedHashMap<>();
        channel.put("occupied", occupied);
        channel.putAll(attributes);
        return channel;
    }

    @GetMapping("/{name}/users")
    Mono<Map<String, Object>> users(@PathVariable String appId, ServerHttpRequest http) {
        App app = apps.require(appId, http, NO_BODY);
        ChannelName channel = requireChannel(http);
        if (channel.kind() != ChannelKind.PRESENCE) {
            throw new MalformedRequest("Only presence channels have users.");
        }
        return members
            .users(BroadcastEvent.keyOf(app.id(), channel.value()))
            .map(id -> Map.of("id", id))
            .collectList()
            .<Map<String, Object>>map(users -> Map.of("users", users))
            .transform(ChannelInfo::orUnavailable);
    }

    /** From the path as it was sent: a channel's name may hold a semicolon, which elsewhere begins a parameter. */
    private static ChannelName requireChannel(ServerHttpRequest http) {
        String[] path = http.getPath().value().split("/", -1);
        return Optional.of(UriUtils.decode(path[NAME_IN_PATH], StandardCharsets.UTF_8))
            .flatMap(ChannelName::parse)
            .orElseThrow(() -> new MalformedRequest("There can be no channel of such a name."));
    }
}
