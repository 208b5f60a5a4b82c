package chat.parley.message;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How instances know of each other's death.
 *
 * @param beat how often an instance shows that it lives
 * @param validFor how long it may write after a sign of life that arrived
 * @param grace how much longer the others wait, so that a write already on its way lands before the dead is buried;
 *     longer than {@link StoreProperties#timeout}
 */
@ConfigurationProperties("parley.lease")
record LeaseProperties(
    @DefaultValue("2s") Duration beat,
    @DefaultValue("8s") Duration validFor,
    @DefaultValue("6s") Duration grace
) {
    LeaseProperties {
        if (validFor.compareTo(beat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("parley.lease.valid-for must be at least two beats");
        }
    }

    /** How long an instance has to be silent to be dead. */
    Duration silenceOfTheDead() {
        return validFor.plus(grace);
    }
}
