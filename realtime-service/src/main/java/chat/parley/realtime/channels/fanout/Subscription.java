package chat.parley.realtime.channels.fanout;

import org.jspecify.annotations.Nullable;

/** One socket's place among the subscribers of one channel. Touched by the socket's event loop only. */
public final class Subscription {

    final Socket socket;
    final LocalChannel channel;
    final @Nullable Member member;
    final long since;
    /** Where it stands in the channel's list, so that it can be taken out without a search. */
    int index;

    /**
     * @param since on presence channels, the version of the list of members that the socket was given
     */
    Subscription(Socket socket, LocalChannel channel, @Nullable Member member, long since) {
        this.socket = socket;
        this.channel = channel;
        this.member = member;
        this.since = since;
    }

    /** Null but on presence channels. */
    public @Nullable Member member() {
        return member;
    }

    /** The channel's key among those of all apps. */
    public String channelKey() {
        return channel.key;
    }
}
