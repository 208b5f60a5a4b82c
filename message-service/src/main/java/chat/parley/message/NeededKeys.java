package chat.parley.message;

import chat.parley.sealing.KeyId;
import chat.parley.sealing.KeyProof;
import chat.parley.sealing.KeyPurpose;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Of every key that has ever been the current one, a proof and since when it was: without these keys what is stored
 * cannot be read. A key is needed no more once a {@link KeyWalk} for another one that began later has finished; and of
 * those that hash search terms only the last one finds anything.
 */
@Component
public final class NeededKeys {

    static final String COLLECTION = "keys";

    private static final String PROOF = "proof";
    private static final String SINCE = "since";

    private final Store store;
    private final KeyWalks walks;
    private final Set<KeyId> lost;
    private final Clock clock;

    NeededKeys(Store store, KeyWalks walks, LostKeysProperties properties, Clock clock) {
        this.store = store;
        this.walks = walks;
        this.lost = properties.lost().stream().map(KeyId::of).collect(Collectors.toUnmodifiableSet());
        this.clock = clock;
    }

    /**
     * What is known of the keys of what is stored.
     *
     * @param proofs of the keys that are needed, without those that are lost for good
     * @param opensAll the key which alone opens all messages, if a walk has shown that of one
     * @param unopened how many messages that walk could not open
     */
    public record Known(List<KeyProof> proofs, Optional<KeyId> opensAll, long unopened) {
        public Known {
            proofs = List.copyOf(proofs);
        }
    }

    public Mono<Known> known() {
        return store
            .many(COLLECTION, keys -> keys.find())
            .map(Noted::of)
            .collectList()
            .flatMap(noted ->
                walks
                    .last()
                    .filter(walk -> counts(walk, noted))
                    .map(walk -> known(noted, walk))
                    .defaultIfEmpty(known(noted, null))
            );
    }

    /** Whoever walks with a key that was never noted has keys of another store, and has seen nothing. */
    private static boolean counts(KeyWalk walk, List<Noted> noted) {
        return (
            walk.finished() != null &&
            noted.stream().anyMatch(key -> key.isOfMessages() && key.proof.key().equals(walk.key()))
        );
    }

    private Known known(List<Noted> noted, @Nullable KeyWalk finished) {
        List<KeyProof> proofs = noted
            .stream()
            .filter(key -> key.isNeeded(noted, finished))
            .map(Noted::proof)
            .filter(proof -> !lost.contains(proof.key()))
            .toList();
        return finished == null
            ? new Known(proofs, Optional.empty(), 0)
            : new Known(proofs, Optional.of(finished.key()), finished.unopened());
    }

    /** From now on this key is needed. */
    public Mono<Void> note(KeyProof proof) {
        String id = proof.purpose().name().toLowerCase(Locale.ROOT) + "/" + proof.key();
        return store
            .one(COLLECTION, keys ->
                keys.updateOne(
                    Filters.eq(id),
                    Updates.combine(
                        Updates.set(PROOF, new Binary(proof.bytes())),
                        Updates.set(SINCE, Date.from(clock.instant()))
                    ),
                    new UpdateOptions().upsert(true)
                )
            )
            .then();
    }

    private record Noted(KeyProof proof, Instant since) {
        static Noted of(Document document) {
            String[] id = document.getString("_id").split("/", 2);
            return new Noted(
                KeyProof.of(
                    KeyPurpose.valueOf(id[0].toUpperCase(Locale.ROOT)),
                    KeyId.of(id[1]),
                    document.get(PROOF, Binary.class).getData()
                ),
                document.getDate(SINCE).toInstant()
            );
        }

        boolean isOfMessages() {
            return proof.purpose() == KeyPurpose.MESSAGES;
        }

        boolean isNeeded(List<Noted> all, @Nullable KeyWalk finished) {
            return switch (proof.purpose()) {
                case MESSAGES -> finished == null ||
                finished.key().equals(proof.key()) ||
                !since.isBefore(finished.since());
                case SEARCH -> equals(lastOfSearch(all));
            };
        }

        private Noted lastOfSearch(List<Noted> all) {
            return all
                .stream()
                .filter(other -> !other.isOfMessages())
                .max(Comparator.comparing(Noted::since))
                .orElse(this);
        }
    }
}
