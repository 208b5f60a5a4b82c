package chat.parley.realtime.channels.watchlist;

import java.util.HashSet;
import java.util.Set;

/** A user whom somebody on this node watches, and what is known of them here. Guarded by {@link Watchlists}. */
final class Watched {

    final String userId;
    final Set<Watching> by = new HashSet<>(2);
    boolean known;
    boolean online;
    /** Of the total that said so. */
    long version;

    Watched(String userId) {
        this.userId = userId;
    }
}
