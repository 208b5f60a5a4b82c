package chat.parley.local;

import chat.parley.local.files.DataFolder;
import chat.parley.local.screen.Screen;
import chat.parley.local.supervision.ComponentState;
import chat.parley.local.supervision.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Shows what happens as long as somebody looks, and always writes it to the launcher's own log. */
final class Journal implements Progress {

    /** The name of its log, beside the components'. */
    static final String NAME = "parley";

    private final Screen screen;
    private final Path log;
    private volatile boolean watched = true;

    Journal(Screen screen, DataFolder data) {
        this.screen = screen;
        this.log = data.log(NAME);
    }

    /** Nobody looks at the screen any more. */
    void leaveScreen() {
        watched = false;
    }

    @Override
    public void changed(ComponentState component) {
        write(component.name() + " is " + component.state().label());
        if (watched) {
            screen.changed(component);
        }
    }

    @Override
    public void say(String sentence) {
        write(sentence);
        if (watched) {
            screen.say(sentence);
        }
    }

    private void write(String what) {
        try {
            Files.writeString(
                log,
                Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + what + System.lineSeparator(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND
            );
        } catch (IOException e) {
            screen.say("The log " + log + " cannot be written: " + e);
        }
    }
}
