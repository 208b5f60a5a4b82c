package chat.parley.realtime.channels.fanout;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one event loop by the second in which they are to be looked at: a wheel of buckets (Varghese and Lauck,
 * 1987), each a chain through the sockets themselves. Whoever is heard stays where it is; when its second has come, it is
 * looked at and put where it is due by then. So a second costs what is due in it, a message nothing, and nothing is
 * allocated. Touched by the event loop only.
 */
public final class IdleWheel {

    /** Whoever is due later than this many seconds is looked at in between. */
    private static final int BUCKETS = 256;

    private final @Nullable Socket[] first = new Socket[BUCKETS];
    private final ToLongFunction<Socket> look;
    private int now;

    /** @param look at a socket that is due: in how many seconds it is next, or 0 if no more */
    public IdleWheel(ToLongFunction<Socket> look) {
        this.look = look;
    }

    public void add(Socket socket, long seconds) {
        int ahead = (int) Math.clamp(seconds, 1, BUCKETS - 1);
        int bucket = (now + ahead) % BUCKETS;
        Socket next = first[bucket];
        socket.bucket = bucket;
        socket.before = null;
        socket.after = next;
        if (next != null) {
            next.before = socket;
        }
        first[bucket] = socket;
    }

    /** Takes it out, if it is in. */
    public void remove(Socket socket) {
        if (socket.bucket < 0) {
            return;
        }
        Socket before = socket.before;
        Socket after = socket.after;
        if (before == null) {
            first[socket.bucket] = after;
        } else {
            before.after = after;
        }
        if (after != null) {
            after.before = before;
        }
        socket.bucket = -1;
        socket.before = null;
        socket.after = null;
    }

    /** To be called once a second. */
    public void tick() {
        now = (now + 1) % BUCKETS;
        // Nobody is put into the bucket that is being emptied, which is a whole turn away.
        for (Socket due = first[now]; due != null; due = first[now]) {
            remove(due);
            long seconds = look.applyAsLong(due);
            if (seconds > 0) {
                add(due, seconds);
            }
        }
    }
}
