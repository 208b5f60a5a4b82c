package chat.parley.media.storage;

import chat.parley.service.problem.Unavailable;
import java.time.Duration;

/** The S3 store did not answer; whether it has done what it was asked nobody knows. */
public final class StoreUnavailable extends Unavailable {

    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    StoreUnavailable() {
        super("The store of files does not answer right now.", RETRY_AFTER);
    }
}
