package chat.parley.message;

import chat.parley.service.problem.Unavailable;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The S3 store has not got what was put there and read back: somebody has removed it, or it is another store. */
final class ArchiveLost extends Unavailable {

    private static final Logger log = LoggerFactory.getLogger(ArchiveLost.class);
    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    ArchiveLost(String key) {
        super("Messages this old cannot be reached right now.", RETRY_AFTER);
        log.error("the archive has lost {}", key);
    }
}
