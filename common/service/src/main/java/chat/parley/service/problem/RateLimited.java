package chat.parley.service.problem;

import java.time.Duration;
import org.springframework.http.HttpStatus;

/** The caller, or its address, has done this too often; it is told how much it may do and when again. */
public class RateLimited extends Failure {

    private static final long serialVersionUID = 1L;

    private final transient Allowance allowance;
    private final transient Duration retryAfter;

    /**
     * @param allowance of the limit that was hit
     * @param retryAfter when the same call is allowed again; clients are told whole seconds, at least one
     */
    public RateLimited(String detail, Allowance allowance, Duration retryAfter) {
        super(HttpStatus.TOO_MANY_REQUESTS, "rate_limited", detail);
        this.allowance = allowance;
        this.retryAfter = retryAfter;
    }

    public Allowance allowance() {
        return allowance;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
