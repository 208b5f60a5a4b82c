package chat.parley.system;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where real clients play: the suite as it is, or a gateway beside its own that has two nodes of realtime-service
 * behind it, and a relay in between through which the test says which node a client gets.
 */
final class Stage implements AutoCloseable {

    private static final AtomicLong COUNT = new AtomicLong();

    private final Parley parley;
    private final NodeClients node = new NodeClients();
    private final OneMore secondNode;
    private final OneMore secondGateway;
    private final Relay relay;

    private Stage(Parley parley, OneMore secondNode, Relay relay, OneMore secondGateway) {
        this.parley = parley;
        this.secondNode = secondNode;
        this.relay = relay;
        this.secondGateway = secondGateway;
    }

    static Stage withOneNode(Parley parley) {
        return new Stage(parley, null, null, null);
    }

    static Stage withTwoNodes(Parley parley) {
        OneMore node = new OneMore(parley, "realtime-service", Map.of());
        int first = Integer.parseInt(parley.status().of("realtime-service").port());
        Relay relay = new Relay(Map.of(Place.HERE, first, Place.THERE, node.port()));
        OneMore gateway = new OneMore(
            parley,
            "gateway",
            Map.of("PARLEY_REALTIME_URL", "http://127.0.0.1:" + relay.port())
        );
        return new Stage(parley, node, relay, gateway);
    }

    boolean hasTwoNodes() {
        return relay != null;
    }

    /** The gateway's. */
    URI url() {
        return secondGateway == null ? parley.url() : URI.create("http://127.0.0.1:" + secondGateway.port());
    }

    Parley parley() {
        return parley;
    }

    NodeClients node() {
        return node;
    }

    /** The node that is not the suite's own. */
    OneMore nodeThere() {
        return secondNode;
    }

    /** Where new sockets and calls go from now on. */
    void direct(Place place) {
        if (relay != null) {
            relay.direct(place);
        }
    }

    /** A name that no other test uses, for channels and users. */
    String fresh(String name) {
        return name + "-" + Long.toString(System.currentTimeMillis(), 36) + COUNT.incrementAndGet();
    }

    AppServer server(TestedApp app) {
        return new AppServer(this, Place.HERE, app);
    }

    /** Somebody whose client connects to the app at that node. */
    PusherClient connects(Place place, TestedApp app) {
        return connects(place, app, Map.of());
    }

    /** As a member of presence channels. */
    PusherClient connectsAs(String user, Place place, TestedApp app) {
        return connects(
            place,
            app,
            Map.of(
                "member",
                Map.of("user_id", user, "user_info", Map.of("name", "Name of " + user)),
                "user",
                Map.of("id", user)
            )
        );
    }

    /** @param options of {@code node/clients.mjs}: {@code member}, {@code user}, {@code activityTimeout}, {@code url} */
    PusherClient connects(Place place, TestedApp app, Map<String, ?> options) {
        return tries(place, app, options).isConnected();
    }

    /** As {@link #connects}, whatever comes of it. */
    PusherClient tries(Place place, TestedApp app, Map<String, ?> options) {
        Map<String, Object> wish = new HashMap<>(Map.of("url", url().toString(), "app", app));
        wish.putAll(options);
        String name = fresh("client");
        direct(place);
        node.call(name, "connect", wish).require();
        return new PusherClient(node, name);
    }

    /** A page of somebody's, who is connected to the chat at that node. */
    EchoClient opensPage(Person person, Place place) {
        String name = fresh(person.toString());
        direct(place);
        node
            .call(
                name,
                "echo",
                Map.of(
                    "url",
                    url().toString(),
                    "key",
                    TestedApp.CHAT.key(),
                    "token",
                    person.token(),
                    "headers",
                    Map.of("X-Forwarded-For", person.address().value())
                )
            )
            .require();
        return new EchoClient(node, name).isConnected();
    }

    @Override
    public void close() {
        node.close();
        if (hasTwoNodes()) {
            secondGateway.close();
            relay.close();
            secondNode.close();
        }
    }

    @Override
    public String toString() {
        return hasTwoNodes() ? "two nodes" : "one node";
    }
}
