package chat.parley.local.screen;

import chat.parley.local.supervision.ComponentState;
import java.io.PrintStream;

/** One line for each thing that happened, for pipes and files. */
final class PlainScreen implements Screen {

    private final PrintStream out;
    private final Stopwatches stopwatches = new Stopwatches();

    PlainScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void changed(ComponentState component) {
        stopwatches.note(component);
        switch (component.state()) {
            case PREPARING -> print(component, "preparing for its first start since the build");
            case UP -> print(component, "up after " + stopwatches.read(component));
            case STOPPING -> print(component, "stopping");
            case WAITING, STARTING, UNREADY, RESTARTING, DOWN, ORPHANED -> {}
        }
    }

    private void print(ComponentState component, String what) {
        out.printf("  %-16s  %s%n", component.name(), what);
    }

    @Override
    public synchronized void say(String sentence) {
        out.println(sentence);
    }

    @Override
    public void settle() {
        // Every line stands as it was printed.
    }
}
