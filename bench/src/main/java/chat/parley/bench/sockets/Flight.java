package chat.parley.bench.sockets;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A message on its way to everybody in its room, known by a mark in its content. */
public final class Flight {

    private static final byte MARK = '~';
    private static final int DIGITS = 16;
    private static final int HEX = 16;

    private final long id;
    private final CountDownLatch missing;
    private volatile long landed;

    /** @param listeners how many are to hear it */
    public Flight(long id, int listeners) {
        this.id = id;
        this.missing = new CountDownLatch(listeners);
    }

    long id() {
        return id;
    }

    /** To stand anywhere in the message's content. */
    public String mark() {
        return "~%016x".formatted(id);
    }

    /** What the mark in a frame says; -1 if there is none. */
    static long markIn(ByteBuf frame) {
        int mark = frame.indexOf(frame.readerIndex(), frame.writerIndex(), MARK);
        if (mark < 0 || frame.writerIndex() - mark <= DIGITS) {
            return -1;
        }
        long id = 0;
        for (int at = mark + 1; at <= mark + DIGITS; at++) {
            int digit = Character.digit(frame.getByte(at), HEX);
            if (digit < 0) {
                return -1;
            }
            id = (id << 4) | digit;
        }
        return id;
    }

    /** One more has heard it. */
    void heard() {
        if (missing.getCount() == 1) {
            landed = System.nanoTime();
        }
        missing.countDown();
    }

    /** Waits for the last one; false if some have not heard it by then. */
    public boolean await(long millis) throws InterruptedException {
        return missing.await(millis, TimeUnit.MILLISECONDS);
    }

    /** How many have not heard it yet. */
    public long missing() {
        return missing.getCount();
    }

    /** When the last one heard it, by {@link System#nanoTime}. */
    public long landed() {
        return landed;
    }
}
