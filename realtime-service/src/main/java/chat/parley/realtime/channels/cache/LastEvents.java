package chat.parley.realtime.channels.cache;

import chat.parley.realtime.channels.fanout.Hub;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.fanout.Subscription;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.realtime.channels.protocol.ServerMessages;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Tells who subscribes to a cache channel its last event: the later one of what Redis keeps and of what this node has
 * just read itself. Only what apps' servers publish is kept, not the clients' own events.
 */
@Component
public final class LastEvents {

    private static final Logger log = LoggerFactory.getLogger(LastEvents.class);

    /** Longer than Redis may take, from when an event is in Kafka until it is kept and found there. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MAX_CHARACTERS = 1 << 24;
    private static final String CLIENT_EVENT = "client-";

    private final KeptEvents kept;
    private final KeptLater later;
    private final ApplicationEventPublisher listeners;
    private final Cache<String, PlacedEvent> justRead = Caffeine.newBuilder()
        .expireAfterWrite(REMEMBERED)
        .maximumWeight(MAX_CHARACTERS)
        .weigher((String key, PlacedEvent event) -> key.length() + event.data().length())
        .build();
    private final Map<Integer, Long> readUpTo = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Optional<PlacedEvent>>> asked = new ConcurrentHashMap<>();

    LastEvents(KeptEvents kept, KeptLater later, ApplicationEventPublisher listeners) {
        this.kept = kept;
        this.later = later;
        this.listeners = listeners;
    }

    /** Whether a channel keeps such an event. */
    public static boolean isKept(String channel, String event) {
        return !event.startsWith(CLIENT_EVENT) && ChannelName.isCached(channel);
    }

    // --- what is published

    /** Completes when all nodes can find it; without Redis after a while, and then they go by what they read. */
    public CompletableFuture<Void> publishedHere(String channelKey, PlacedEvent event) {
        return kept
            .keep(channelKey, event)
            .doOnError(failure -> log.warn("A last event is kept later: {}", failure.toString()))
            .doOnError(_ -> later.add(channelKey, event))
            .onErrorComplete()
            .toFuture();
    }

    /** To be called before its subscribers here are told. */
    public void read(String channelKey, PlacedEvent event) {
        justRead.put(channelKey, event);
    }

    /** Subscribers here have been told of everything in the partition up to this, as far as it is any matter of theirs. */
    public void toldUpTo(int partition, long offset) {
        readUpTo.put(partition, offset);
    }

    // --- what is told

    /** To be called in the socket's event loop, as soon as it is subscribed. */
    public void tell(Socket socket, ChannelName channel) {
        Subscription subscription = socket.subscription(channel.value());
        if (subscription == null || !channel.isCached()) {
            return;
        }
        String key = subscription.channelKey();
        int before = socket.hub().keptOn(key);
        ask(key).thenAccept(found -> {
            PlacedEvent last = laterOf(found.orElse(null), justRead.getIfPresent(key));
            // What this node has yet to read comes by itself, since the socket is subscribed already.
            if (last == null || isRead(last)) {
                socket.hub().offer(() -> answer(socket, subscription, channel, before, last));
            }
        });
    }

    /** Those who ask at once share one answer: what is published after the question, each of them hears or has read. */
    private CompletableFuture<Optional<PlacedEvent>> ask(String channelKey) {
        CompletableFuture<Optional<PlacedEvent>> question = new CompletableFuture<>();
        CompletableFuture<Optional<PlacedEvent>> earlier = asked.putIfAbsent(channelKey, question);
        if (earlier != null) {
            return earlier;
        }
        kept
            .find(channelKey)
            .map(found -> Optional.of(found.event()))
            .defaultIfEmpty(Optional.empty())
            .doOnError(failure -> log.warn("A last event could not be asked for: {}", failure.toString()))
            .onErrorReturn(Optional.empty())
            .toFuture()
            .thenAccept(found -> {
                asked.remove(channelKey);
                question.complete(found);
            });
        return question;
    }

    private static @Nullable PlacedEvent laterOf(@Nullable PlacedEvent found, @Nullable PlacedEvent read) {
        if (found == null || read == null) {
            return found == null ? read : found;
        }
        return read.isLaterThan(found) ? read : found;
    }

    private boolean isRead(PlacedEvent event) {
        Long offset = readUpTo.get(event.partition());
        return offset == null || offset >= event.offset();
    }

    private void answer(
        Socket socket,
        Subscription subscription,
        ChannelName channel,
        int before,
        @Nullable PlacedEvent last
    ) {
        Hub hub = socket.hub();
        boolean heardOne = hub.keptOn(subscription.channelKey()) != before;
        if (heardOne || socket.subscription(channel.value()) != subscription) {
            return;
        }
        if (last == null) {
            socket.send(ServerMessages.cacheMiss(channel.value()));
            listeners.publishEvent(new CacheMissed(socket.app(), channel.value()));
        } else {
            socket.send(ServerMessages.event(channel.value(), last.name(), last.data(), null));
        }
    }
}
