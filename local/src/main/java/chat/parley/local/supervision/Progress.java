package chat.parley.local.supervision;

/** Told of everything that happens, to show it. Called from many threads, one call at a time. */
public interface Progress {
    void changed(ComponentState component);

    /** A sentence for the user. */
    void say(String sentence);
}
