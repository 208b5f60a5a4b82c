package chat.parley.room.accounts;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many wrong passwords are borne.
 *
 * @param accountTries of one account within the window
 * @param addressTries from one address within the window, whatever the accounts
 * @param window after which all tries are there again; single ones come back earlier
 * @param knownAddresses how many addresses are remembered that somebody has signed in from
 * @param knownAddressAge how long each of them is remembered
 */
@Validated
@ConfigurationProperties("parley.auth.sign-in")
record SignInProperties(
    @DefaultValue("10") @Min(1) @Max(1_000_000) int accountTries,
    @DefaultValue("50") @Min(1) @Max(1_000_000) int addressTries,
    @DefaultValue("5m") @DurationMin(seconds = 1) Duration window,
    @DefaultValue("20") @Min(0) @Max(1_000) int knownAddresses,
    @DefaultValue("90d") @DurationMin(minutes = 1) Duration knownAddressAge
) {}
