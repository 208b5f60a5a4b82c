package chat.parley.local.supervision;

import java.util.List;

/** A reason for which a command cannot go on, told to its user in one line, with the evidence beneath if there is any. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> evidence;

    public StartFailure(String line) {
        this(line, List.of());
    }

    public StartFailure(String line, List<String> evidence) {
        super(line);
        this.evidence = List.copyOf(evidence);
    }

    /** The last lines of a log, say; often none. */
    public List<String> evidence() {
        return evidence;
    }
}
