package chat.parley.room.accounts.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When keys come and go. A key is published first and signs {@link KeysProperties#keyLead} later, when everybody has
 * it; it stays until the last token that it has signed is over. All lists are in the order in which keys sign.
 */
final class KeySchedule {

    private final Duration lifetime;
    private final Duration lead;
    private final Duration keptAfterwards;

    KeySchedule(KeysProperties properties) {
        this.lifetime = properties.keyLifetime();
        this.lead = properties.keyLead();
        this.keptAfterwards = properties.accessTokenLifetime().plus(KeysProperties.MARGIN);
    }

    /**
     * The place of the one that signs now: the last that may. If none may yet, the first does so all the same: the
     * one before it has been taken away, or was made by a clock that is ahead of ours.
     */
    static int signer(List<StoredKey> keys, Instant now) {
        return IntStream.iterate(keys.size() - 1, place -> place > 0, place -> place - 1)
            .filter(place -> !keys.get(place).signsFrom().isAfter(now))
            .findFirst()
            .orElse(0);
    }

    /** Whether it is time to publish the next one. */
    boolean wantsNext(List<StoredKey> keys, Instant now) {
        return !keys.getLast().signsFrom().plus(lifetime).minus(lead).isAfter(now);
    }

    /** From when a key signs that is published now. */
    Instant signsFrom(Instant now) {
        return now.plus(lead);
    }

    /** Those whose tokens are all over. */
    List<String> spent(List<StoredKey> keys, Instant now) {
        return IntStream.range(0, keys.size() - 1)
            .filter(place -> keys.get(place + 1).signsFrom().plus(keptAfterwards).isBefore(now))
            .mapToObj(place -> keys.get(place).kid())
            .toList();
    }
}
