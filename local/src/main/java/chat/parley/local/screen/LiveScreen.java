package chat.parley.local.screen;

import chat.parley.local.supervision.ComponentState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A list of components that is redrawn in place while they start. */
final class LiveScreen implements Screen {

    private static final String[] SPINNER = { "⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏" };
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final String GREEN = "\033[32m";
    private static final String YELLOW = "\033[33m";
    private static final String FAINT = "\033[2m";
    private static final String PLAIN = "\033[0m";
    private static final String TO_LINE_ABOVE = "\033[A";
    private static final String CLEAR_BELOW = "\r\033[J";

    private final PrintStream out;
    private final Stopwatches stopwatches = new Stopwatches();
    private final Map<String, ComponentState> components = new LinkedHashMap<>();
    private final Map<String, String> took = new LinkedHashMap<>();
    private final CountDownLatch settled = new CountDownLatch(1);
    private int drawn;
    private int frame;

    LiveScreen(PrintStream out) {
        this.out = out;
        Thread.ofVirtual().name("screen").start(this::animate);
    }

    private void animate() {
        try {
            while (!settled.await(FRAME.toMillis(), TimeUnit.MILLISECONDS)) {
                nextFrame();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void nextFrame() {
        frame++;
        redraw();
    }

    @Override
    public synchronized void changed(ComponentState component) {
        stopwatches.note(component);
        components.put(component.name(), component);
        took.put(component.name(), stopwatches.read(component));
        redraw();
    }

    @Override
    public synchronized void say(String sentence) {
        if (settled.getCount() == 0) {
            out.println(sentence);
        } else {
            out.print(erasure() + sentence + System.lineSeparator() + list());
            out.flush();
        }
    }

    @Override
    public synchronized void settle() {
        redraw();
        settled.countDown();
    }

    private void redraw() {
        if (settled.getCount() > 0) {
            out.print(erasure() + list());
            out.flush();
        }
    }

    /** Written together with what replaces it, or the list would flicker. */
    private String erasure() {
        return TO_LINE_ABOVE.repeat(drawn) + CLEAR_BELOW;
    }

    private String list() {
        StringBuilder lines = new StringBuilder();
        components
            .values()
            .forEach(component -> lines.append(line(component)).append(System.lineSeparator()));
        drawn = components.size();
        return lines.toString();
    }

    private String line(ComponentState component) {
        String spinner = YELLOW + SPINNER[frame % SPINNER.length] + PLAIN;
        String mark = switch (component.state()) {
            case UP -> GREEN + "✓" + PLAIN;
            case WAITING, DOWN -> FAINT + "·" + PLAIN;
            case PREPARING, STARTING, RESTARTING, STOPPING, UNREADY, ORPHANED -> spinner;
        };
        String remark = switch (component.state()) {
            case UP -> took.getOrDefault(component.name(), "");
            case PREPARING, STARTING -> component.state().label() + " " + stopwatches.read(component);
            case WAITING, DOWN, RESTARTING, STOPPING, UNREADY, ORPHANED -> component.state().label();
        };
        return "  %s %-16s  %s%s%s".formatted(mark, component.name(), FAINT, remark, PLAIN);
    }
}
