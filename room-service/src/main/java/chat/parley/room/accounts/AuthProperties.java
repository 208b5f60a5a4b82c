package chat.parley.room.accounts;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people sign in.
 *
 * @param sessionLifetime how long somebody stays signed in without coming back
 * @param sessionsPerUser how many sessions somebody may have; one more ends the one that was away longest
 */
@Validated
@ConfigurationProperties("parley.auth")
record AuthProperties(
    @DefaultValue("30d") @DurationMin(minutes = 1) Duration sessionLifetime,
    @DefaultValue("100") @Min(1) @Max(10_000) int sessionsPerUser,
    @Valid @DefaultValue Hashing hashing,
    @Valid @DefaultValue Sweeping sweeping
) {
    /**
     * Argon2id, by default as OWASP's Password Storage Cheat Sheet has it.
     *
     * @param memoryKib what one hash needs
     * @param atOnce how many are computed at the same time
     * @param waiting how many may wait for that; whoever comes then is told to come again
     */
    record Hashing(
        @DefaultValue("19456") @Min(8) int memoryKib,
        @DefaultValue("2") @Min(1) int iterations,
        @DefaultValue("2") @Min(1) @Max(64) int atOnce,
        @DefaultValue("200") @Min(1) int waiting
    ) {}

    /**
     * How what has run out is taken away.
     *
     * @param batch how many rows one transaction takes
     * @param batchesAtOnce how many of these follow each other, for each kind of row, before the next pause
     */
    record Sweeping(
        @DefaultValue("1m") @DurationMin(millis = 1) Duration interval,
        @DefaultValue("1000") @Min(1) @Max(10_000) int batch,
        @DefaultValue("100") @Min(1) int batchesAtOnce
    ) {}
}
