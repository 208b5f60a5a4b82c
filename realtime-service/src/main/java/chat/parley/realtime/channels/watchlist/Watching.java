package chat.parley.realtime.channels.watchlist;

import chat.parley.realtime.channels.fanout.Socket;
import java.util.List;

/** One socket's watchlist. Guarded by {@link Watchlists}. */
final class Watching {

    final Socket socket;
    final List<Watched> users;
    /** Of how many it is not known yet whether they are there; until then it hears nothing. */
    int unknown;

    Watching(Socket socket, List<Watched> users) {
        this.socket = socket;
        this.users = users;
    }

    boolean isTold() {
        return unknown == 0;
    }
}
