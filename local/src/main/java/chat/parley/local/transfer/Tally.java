package chat.parley.local.transfer;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** How far a run has come, on a terminal as a bar that is redrawn, elsewhere as a line now and then. */
final class Tally {

    private static final int WIDTH = 30;
    private static final long FRAME_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 5_000_000_000L;
    private static final int FAULTS_SHOWN = 50;

    private final PrintStream out;
    private final boolean isTerminal;
    private final long size;
    private final long began = System.nanoTime();
    private final ReentrantLock drawing = new ReentrantLock();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong known = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private final AtomicLong rooms = new AtomicLong();
    private volatile long drawn = began;

    Tally(PrintStream out, boolean isTerminal, long size) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.size = Math.max(1, size);
    }

    void read(long bytes) {
        read.set(bytes);
        drawWhenDue();
    }

    void stored(int messages) {
        stored.addAndGet(messages);
        drawWhenDue();
    }

    void known() {
        known.incrementAndGet();
    }

    void room() {
        rooms.incrementAndGet();
    }

    void fault(String place, String reason) {
        long count = faults.incrementAndGet();
        if (count <= FAULTS_SHOWN) {
            say("  left out: " + place + ": " + reason);
        } else if (count == FAULTS_SHOWN + 1) {
            say("  more is left out, and only counted from here on");
        }
    }

    long faults() {
        return faults.get();
    }

    long stored() {
        return stored.get();
    }

    private void drawWhenDue() {
        long now = System.nanoTime();
        if (now - drawn > (isTerminal ? FRAME_NANOS : LINE_NANOS) && drawing.tryLock()) {
            try {
                drawn = now;
                draw();
            } finally {
                drawing.unlock();
            }
        }
    }

    private void draw() {
        if (isTerminal) {
            out.print("\r\033[K" + bar());
            out.flush();
        } else {
            out.println(bar());
        }
    }

    private String bar() {
        double part = Math.min(1, (double) read.get() / size);
        int full = (int) (part * WIDTH);
        return "  %s%s %3.0f%%  %,d messages in %,d rooms  %,d/s%s".formatted(
            "█".repeat(full),
            "░".repeat(WIDTH - full),
            100 * part,
            stored.get(),
            rooms.get(),
            perSecond(),
            faults.get() == 0 ? "" : "  %,d left out".formatted(faults.get())
        );
    }

    private long perSecond() {
        double seconds = (System.nanoTime() - began) / 1e9;
        return seconds < 0.001 ? 0 : Math.round(stored.get() / seconds);
    }

    private void say(String line) {
        drawing.lock();
        try {
            out.println((isTerminal ? "\r\033[K" : "") + line);
        } finally {
            drawing.unlock();
        }
    }

    /** The last line. */
    void end(String verb) {
        double seconds = (System.nanoTime() - began) / 1e9;
        say(
            "%s %,d messages in %,d rooms in %.1f s, %,d/s; %,d were there already, %,d left out".formatted(
                verb,
                stored.get(),
                rooms.get(),
                seconds,
                perSecond(),
                known.get(),
                faults.get()
            )
        );
    }
}
