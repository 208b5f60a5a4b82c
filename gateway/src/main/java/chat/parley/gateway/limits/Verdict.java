package chat.parley.gateway.limits;

import chat.parley.service.problem.Allowance;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a claim.
 *
 * @param allowance of the bucket that is nearest to empty, or of the one that is
 * @param retryAfter when the claim would be granted; null if it is
 */
record Verdict(Allowance allowance, @Nullable Duration retryAfter) {
    boolean isGranted() {
        return retryAfter == null;
    }
}
