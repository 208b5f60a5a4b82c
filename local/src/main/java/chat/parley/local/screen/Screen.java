package chat.parley.local.screen;

import chat.parley.local.supervision.Progress;
import java.io.PrintStream;

/** Shows a start, and what happens later, to whoever asked for it. */
public sealed interface Screen extends Progress permits LiveScreen, PlainScreen {
    /** The start is over, well or not: what is shown stays, and the next sentence goes below it. */
    void settle();

    /** The one for a terminal redraws itself; the one for pipes and files never moves the cursor. */
    static Screen on(PrintStream out, boolean terminal) {
        return terminal ? new LiveScreen(out) : new PlainScreen(out);
    }
}
