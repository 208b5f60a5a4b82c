package chat.parley.room.accounts;

import chat.parley.room.accounts.Tries.Bucket;
import chat.parley.service.problem.Allowance;
import chat.parley.service.problem.RateLimited;
import java.time.Duration;

/** Too many wrong passwords for one account, or from one address. */
final class NoTryLeft extends RateLimited {

    private static final long serialVersionUID = 1L;

    private final transient Bucket bucket;

    NoTryLeft(Bucket bucket, Allowance allowance, Duration retryAfter) {
        super("Too many failed sign-ins. Wait a while.", allowance, retryAfter);
        this.bucket = bucket;
    }

    /** The one that is empty. */
    Bucket bucket() {
        return bucket;
    }
}
