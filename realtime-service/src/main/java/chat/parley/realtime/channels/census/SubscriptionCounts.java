package chat.parley.realtime.channels.census;

import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.protocol.ServerMessages;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Tells a channel's subscribers how many they are, where the app asks for it and the channel has no members that say
 * so already. Above a hundred they hear it at most every five seconds, and of the last number always (Pusher's
 * "Subscription count events").
 */
@Component
final class SubscriptionCounts implements TotalsListener {

    static final int MANY = 100;
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final String WITH_MEMBERS = "presence-";

    private final Census census;
    private final Channels channels;
    private final Clock clock;
    private final Scheduler scheduler;
    /** By the channel's key, of channels that are heard here. Guarded by this. */
    private final Map<String, Told> told = new HashMap<>();

    @Autowired
    SubscriptionCounts(Census census, Channels channels, Clock clock) {
        this(census, channels, clock, Schedulers.newSingle("subscription-counts", true));
    }

    SubscriptionCounts(Census census, Channels channels, Clock clock, Scheduler scheduler) {
        this.census = census;
        this.channels = channels;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    @Override
    public Counted counted() {
        return Counted.CHANNELS;
    }

    @Override
    public Collection<String> followed(App app) {
        forgetUnheard();
        return app.tellsSubscriptionCounts() ? census.channelsHere(app) : List.of();
    }

    private synchronized void forgetUnheard() {
        told.keySet().removeIf(key -> !channels.isHeard(key));
    }

    @Override
    public synchronized void changed(Totals totals) {
        totals
            .byName()
            .forEach((channel, total) -> {
                if (!channel.startsWith(WITH_MEMBERS)) {
                    changed(new Channel(totals.appId(), channel), total, totals.version());
                }
            });
    }

    private void changed(Channel channel, int total, long version) {
        if (!channels.isHeard(channel.key())) {
            told.remove(channel.key());
            return;
        }
        Told known = told.computeIfAbsent(channel.key(), _ -> new Told());
        if (version <= known.version) {
            return;
        }
        known.version = version;
        known.total = total;
        tellInTime(channel, known);
    }

    private void tellInTime(Channel channel, Told known) {
        if (known.total == known.lastTold) {
            return;
        }
        long wait = known.at + PAUSE.toMillis() - now();
        if (known.total <= MANY || known.lastTold == Told.NOTHING || wait <= 0) {
            tell(channel, known);
        } else if (!known.waiting) {
            known.waiting = true;
            scheduler.schedule(() -> isTime(channel, known), wait, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void isTime(Channel channel, Told known) {
        known.waiting = false;
        tellInTime(channel, known);
    }

    private void tell(Channel channel, Told known) {
        known.lastTold = known.total;
        known.at = now();
        int total = known.total;
        channels.publish(
            channel.key(),
            () -> ServerMessages.subscriptionCount(channel.name, total),
            null,
            clock.instant()
        );
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        scheduler.dispose();
    }

    private record Channel(String appId, String name) {
        private String key() {
            return BroadcastEvent.keyOf(appId, name);
        }
    }

    private static final class Told {

        private static final int NOTHING = -1;

        private int total;
        private long version;
        private int lastTold = NOTHING;
        private long at;
        private boolean waiting;
    }
}
