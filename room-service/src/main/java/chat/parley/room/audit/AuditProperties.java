package chat.parley.room.audit;

import chat.parley.service.security.Secret;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the audit log is kept.
 *
 * @param sealKey what its keys are derived from where it has no key of its own
 * @param auditKey what they are derived from then, the same for the whole life of the log: so the seal key can be changed
 */
@Validated
@ConfigurationProperties("parley.auth")
record AuditProperties(Secret sealKey, @Nullable Secret auditKey, @Valid @DefaultValue Audit audit) {
    Secret key() {
        return auditKey == null ? sealKey : auditKey;
    }

    /**
     * How waiting entries get their places.
     *
     * @param sealInterval how often to look for entries that wait
     * @param batch how many get theirs in one transaction
     * @param lateAfter how long one may wait before that is reported
     * @param checkpointInterval how often a log that has grown writes its head into the service's own log
     */
    record Audit(
        @DefaultValue("500ms") Duration sealInterval,
        @DefaultValue("500") @Min(1) @Max(10_000) int batch,
        @DefaultValue("10s") Duration lateAfter,
        @DefaultValue("10m") Duration checkpointInterval
    ) {}
}
