package chat.parley.realtime.channels.socket;

import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.realtime.channels.app.AppKind;
import chat.parley.realtime.channels.cache.LastEvents;
import chat.parley.realtime.channels.census.Census;
import chat.parley.realtime.channels.fanout.Hub;
import chat.parley.realtime.channels.fanout.Member;
import chat.parley.realtime.channels.fanout.PendingJoin;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.fanout.Subscription;
import chat.parley.realtime.channels.members.Members;
import chat.parley.realtime.channels.members.Roster;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.realtime.channels.protocol.MalformedMessage;
import chat.parley.realtime.channels.protocol.Refusal;
import chat.parley.realtime.channels.protocol.ServerMessages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Subscriptions of sockets to channels, from the request to the end. Everything here runs in the socket's event loop;
 * what takes time is asked for elsewhere and comes back through the hub.
 */
@Component
public final class Subscribing {

    private static final Logger log = LoggerFactory.getLogger(Subscribing.class);

    private final Members members;
    private final LastEvents lastEvents;
    private final Census census;
    private final Identities identities;
    private final SocketProperties properties;
    private final Map<AppKind, Admission> admissions;

    Subscribing(
        Members members,
        LastEvents lastEvents,
        Census census,
        Identities identities,
        SocketProperties properties,
        List<Admission> admissions
    ) {
        this.members = members;
        this.lastEvents = lastEvents;
        this.census = census;
        this.identities = identities;
        this.properties = properties;
        this.admissions = admissions
            .stream()
            .collect(Collectors.toUnmodifiableMap(Admission::kind, Function.identity()));
    }

    void subscribe(Socket socket, SubscribeRequest request) throws MalformedMessage {
        Optional<ChannelName> named = ChannelName.parse(request.channel());
        if (named.isEmpty()) {
            throw new MalformedMessage("That is no channel's name");
        }
        ChannelName channel = named.get();
        if (socket.subscription(channel.value()) != null || socket.isAsking(channel.value())) {
            throw new MalformedMessage("Already subscribed to " + channel);
        }
        Refusal refusal = refusalOf(socket, channel, request);
        if (refusal != null) {
            refuse(socket, channel, refusal);
            return;
        }
        try {
            decide(socket, channel, ClaimedMember.read(channel, request.channelData(), socket));
        } catch (MalformedMessage e) {
            refuse(socket, channel, Refusal.unauthenticated(e.sentence()));
        }
    }

    private @Nullable Refusal refusalOf(Socket socket, ChannelName channel, SubscribeRequest request) {
        if (socket.subscribed() >= properties.maxChannels()) {
            return Refusal.limit("This connection is on as many channels as it may be");
        }
        Refusal ofApp = admission(socket).refusalOf(channel);
        if (ofApp != null) {
            return ofApp;
        }
        return switch (channel.kind()) {
            case PUBLIC -> null;
            case PRIVATE, ENCRYPTED, PRESENCE -> unlessSigned(socket, request);
            case SERVER_TO_USER -> isOwn(socket, channel)
                ? null
                : Refusal.forbidden("Sign in as this user first");
        };
    }

    private static @Nullable Refusal unlessSigned(Socket socket, SubscribeRequest request) {
        return socket.app().authorized(request.auth(), request.signedText(socket.id()))
            ? null
            : Refusal.unauthenticated("The signature is not right");
    }

    private static boolean isOwn(Socket socket, ChannelName channel) {
        String user = socket.userId();
        return socket.isSignedIn() && user != null && channel.equals(ChannelName.ofUser(user));
    }

    private static void refuse(Socket socket, ChannelName channel, Refusal refusal) {
        socket.send(ServerMessages.refused(channel.value(), refusal));
    }

    // --- what others have to say about it

    private void decide(Socket socket, ChannelName channel, @Nullable Member member) {
        Object question = new Object();
        socket.ask(channel.value(), question);
        admission(socket)
            .admit(socket, channel, member == null ? null : member.userId())
            .whenComplete((decision, failure) ->
                inLoop(socket, () ->
                    decided(socket, channel, member, question, decisionOf(decision, failure))
                )
            );
    }

    private static Admission.Admitted decisionOf(
        Admission.@Nullable Admitted decision,
        @Nullable Throwable failure
    ) {
        if (decision == null) {
            log.warn("A subscription could not be decided on: {}", String.valueOf(failure));
            return new Admission.Admitted.No(Refusal.unavailable());
        }
        return decision;
    }

    /** At once where it may be: a plain app's subscriptions need not wait for the hub's turn. */
    private static void inLoop(Socket socket, Runnable work) {
        if (socket.hub().loop().inEventLoop()) {
            work.run();
        } else {
            socket.hub().offer(work);
        }
    }

    private void decided(
        Socket socket,
        ChannelName channel,
        @Nullable Member member,
        Object question,
        Admission.Admitted decision
    ) {
        if (!socket.isAsking(channel.value(), question)) {
            return;
        }
        switch (decision) {
            case Admission.Admitted.No no -> refuseIfAsked(socket, channel, question, no.refusal());
            case Admission.Admitted.As as -> {
                boolean fits = as.userId() == null || identities.identify(socket, as.userId());
                if (!fits) {
                    socket.withdraw(channel.value());
                } else if (member == null) {
                    enter(socket, channel, question);
                } else {
                    joinMembers(socket, channel, member, question);
                }
            }
        }
    }

    private void enter(Socket socket, ChannelName channel, Object question) {
        if (!socket.answer(channel.value(), question)) {
            return;
        }
        socket.hub().subscribe(socket, keyOf(socket, channel), channel.value());
        census.subscribed(socket.app(), channel.value());
        if (!endsForShutOut(socket, channel)) {
            socket.send(ServerMessages.subscribed(channel.value()));
            lastEvents.tell(socket, channel);
        }
    }

    private void joinMembers(Socket socket, ChannelName channel, Member member, Object question) {
        String key = keyOf(socket, channel);
        PendingJoin join = socket.hub().beginJoin(key);
        members
            .join(key, member, socket.app().maxPresenceMembers())
            .whenComplete((roster, failure) ->
                inLoop(socket, () -> {
                    Refusal refusal = refusalOf(roster, failure);
                    if (refusal != null) {
                        abandon(socket, key, member, join);
                        refuseIfAsked(socket, channel, question, refusal);
                    } else if (roster != null) {
                        joined(socket, channel, member, question, join, roster);
                    }
                })
            );
    }

    private static @Nullable Refusal refusalOf(@Nullable Roster roster, @Nullable Throwable failure) {
        if (roster == null) {
            log.warn("A channel's members could not be asked for: {}", String.valueOf(failure));
            return Refusal.unavailable();
        }
        return roster.isFull() ? Refusal.limit("This channel has as many members as it may have") : null;
    }

    private void abandon(Socket socket, String key, Member member, PendingJoin join) {
        socket.hub().abandonJoin(join, key);
        members.leave(key, member.userId());
    }

    private static void refuseIfAsked(Socket socket, ChannelName channel, Object question, Refusal refusal) {
        if (socket.answer(channel.value(), question)) {
            refuse(socket, channel, refusal);
        }
    }

    private void joined(
        Socket socket,
        ChannelName channel,
        Member member,
        Object question,
        PendingJoin join,
        Roster roster
    ) {
        String key = keyOf(socket, channel);
        if (!socket.answer(channel.value(), question)) {
            abandon(socket, key, member, join);
            return;
        }
        Hub hub = socket.hub();
        var since = hub.join(join, socket, key, member, roster.version());
        census.subscribed(socket.app(), channel.value());
        if (!endsForShutOut(socket, channel)) {
            socket.send(ServerMessages.subscribed(channel.value(), roster.members()));
            since.forEach(change -> socket.send(change.frame()));
            lastEvents.tell(socket, channel);
        }
    }

    /** Asked when the socket is in place: from here on a removal finds it there by itself. */
    private boolean endsForShutOut(Socket socket, ChannelName channel) {
        if (admission(socket).stillAdmits(socket, channel)) {
            return false;
        }
        end(socket, channel.value());
        refuse(socket, channel, Refusal.forbidden("This has just been taken from you"));
        return true;
    }

    private Admission admission(Socket socket) {
        Admission admission = admissions.get(socket.app().kind());
        if (admission == null) {
            throw new IllegalStateException("nobody admits to apps like " + socket.app());
        }
        return admission;
    }

    private static String keyOf(Socket socket, ChannelName channel) {
        return BroadcastEvent.keyOf(socket.app().id(), channel.value());
    }

    // --- the end

    void unsubscribe(Socket socket, String channel) {
        socket.withdraw(channel);
        end(socket, channel);
    }

    /** Ends the socket's subscription to the channel, if there is one; the socket is not told. */
    public void end(Socket socket, String channel) {
        Subscription ended = socket.hub().unsubscribe(socket, channel);
        if (ended == null) {
            return;
        }
        census.unsubscribed(socket.app(), channel);
        Member member = ended.member();
        if (member != null) {
            members.leave(ended.channelKey(), member.userId());
        }
    }
}
