package chat.parley.realtime.channels.census;

import chat.parley.realtime.Node;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.nodes.Holdings;
import chat.parley.realtime.channels.nodes.SharedLeases;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How many subscriptions each channel has, and how many signed-in connections each user, over all nodes. What is here
 * is counted exactly and told to Redis as what it is, not as what has changed: what was not heard is put right by the
 * next time it is told.
 */
@Component
public final class Census implements Holdings {

    private static final String OF_ONE_USER = "#";

    private final Node node;
    private final SharedLeases leases;
    private final Map<String, Tally> channels = new HashMap<>();
    private final Map<String, Tally> users = new HashMap<>();
    /** The shard whose turn it is to be looked after. */
    private int next;

    Census(
        Node node,
        SharedLeases leases,
        SharedCensus shared,
        Apps apps,
        NotedTransitions transitions,
        CensusProperties properties,
        MeterRegistry meters
    ) {
        Gauge.builder("parley.census.untold", this, Census::untold)
            .description("Channels and users whose count here Redis may not know")
            .register(meters);
        this.node = node;
        this.leases = leases;
        for (App app : apps.all()) {
            Followers ofChannels = Followers.ofChannels(app, transitions.areNoted(app.id()));
            Followers ofUsers = Followers.ofUsers();
            channels.put(
                app.id(),
                new Tally(Counted.CHANNELS, app.id(), node, shared, ofChannels, properties)
            );
            users.put(app.id(), new Tally(Counted.USERS, app.id(), node, shared, ofUsers, properties));
        }
    }

    // --- counted, from any thread and without waiting

    public void subscribed(App app, String channel) {
        if (isCounted(channel)) {
            tally(channels, app).add(channel, 1);
        }
    }

    public void unsubscribed(App app, String channel) {
        if (isCounted(channel)) {
            tally(channels, app).add(channel, -1);
        }
    }

    /** A user's own channel is none of the app's: the protocol has it for what is sent to who signed in. */
    private static boolean isCounted(String channel) {
        return !channel.startsWith(OF_ONE_USER);
    }

    public void signedIn(App app, String userId) {
        tally(users, app).add(userId, 1);
    }

    public void signedOut(App app, String userId) {
        tally(users, app).add(userId, -1);
    }

    // --- asked

    /** How many subscriptions these channels have; one answer for each shard that has any of them. */
    public Flux<Totals> subscriptions(App app, Collection<String> names) {
        return tally(channels, app).totals(names);
    }

    /** All channels that have a subscription, with how many; one that changes meanwhile may come twice. */
    public Flux<Map.Entry<String, Integer>> occupied(App app) {
        return tally(channels, app).all();
    }

    /** How many signed-in connections these users have; one answer for each shard that has any of them. */
    public Flux<Totals> connections(App app, Collection<String> userIds) {
        return tally(users, app).totals(userIds);
    }

    /** The channels of an app that somebody hears on this node. */
    public List<String> channelsHere(App app) {
        return tally(channels, app).names();
    }

    private static Tally tally(Map<String, Tally> byApp, App app) {
        Tally tally = byApp.get(app.id());
        if (tally == null) {
            throw new IllegalArgumentException("an app of another installation: " + app);
        }
        return tally;
    }

    private double untold() {
        return Stream.concat(channels.values().stream(), users.values().stream())
            .mapToInt(Tally::untold)
            .sum();
    }

    // --- on the node's lease

    @Override
    public Mono<Void> takeOut(String deadNode) {
        return all()
            .concatMap(tally -> tally.takeOut(deadNode))
            .then();
    }

    @Override
    public Mono<Void> tellAgain() {
        return all().doOnNext(Tally::tellAgain).then();
    }

    /** One shard each time: Redis may have lost its last moments, and a dead node spoken after it was taken out. */
    @Override
    public Mono<Void> lookAfter() {
        int turn = next;
        next = (next + 1) % Shard.COUNT;
        return all()
            .concatMap(tally -> lookAfter(tally, turn))
            .then();
    }

    private Mono<Void> lookAfter(Tally tally, int number) {
        return tally
            .compare(number)
            .thenMany(tally.nodes(number))
            .filter(other -> !other.equals(node.id()))
            .collectList()
            .flatMapMany(leases::without)
            .concatMap(dead -> tally.takeOut(number, dead))
            .then();
    }

    private Flux<Tally> all() {
        return Flux.fromStream(() -> Stream.concat(channels.values().stream(), users.values().stream()));
    }

    @PreDestroy
    void stop() {
        channels.values().forEach(Tally::stop);
        users.values().forEach(Tally::stop);
    }
}
