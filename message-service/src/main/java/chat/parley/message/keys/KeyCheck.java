package chat.parley.message.keys;

import chat.parley.message.NeededKeys;
import chat.parley.sealing.KeyProof;
import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyring;
import chat.parley.sealing.Keyset;
import chat.parley.service.problem.Unavailable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Compares the keysets with what the store needs: at the first request, and again whenever there are other ones. Those
 * that pass have their current keys noted as needed before anything is sealed with them.
 */
@Component
class KeyCheck {

    private static final Logger log = LoggerFactory.getLogger(KeyCheck.class);

    /** So long a refusal stands: there is one look at the store for it, and one line in the log. */
    private static final Duration REFUSAL = Duration.ofSeconds(2);

    private final Keyring messages;
    private final Keyring search;
    private final NeededKeys needed;
    private final Mono<Void> check;
    private volatile @Nullable Keysets passed;

    KeyCheck(Keyring messageKeys, Keyring searchKeys, NeededKeys needed) {
        this.messages = messageKeys;
        this.search = searchKeys;
        this.needed = needed;
        this.check = Mono.defer(this::compare).cache(_ -> Duration.ZERO, _ -> REFUSAL, () -> Duration.ZERO);
    }

    /** Whether these very keysets have passed. */
    boolean isPassed() {
        Keysets known = passed;
        return known != null && known.messages == messages.keyset() && known.search == search.keyset();
    }

    /**
     * Completes if this instance can read what is stored.
     *
     * @throws Unavailable (in the Mono) if it cannot, or if the store does not say
     */
    Mono<Void> require() {
        return isPassed() ? Mono.empty() : check;
    }

    private Mono<Void> compare() {
        Keysets now = new Keysets(messages.keyset(), search.keyset());
        return needed
            .known()
            .flatMap(known -> compare(now, known.proofs()))
            .then(Mono.fromRunnable(() -> passed = now));
    }

    private Mono<Void> compare(Keysets keysets, List<KeyProof> proofs) {
        List<KeyProof> missing = proofs
            .stream()
            .filter(proof -> !proof.isBy(keysets.of(proof.purpose())))
            .toList();
        return missing.isEmpty() ? note(keysets, proofs) : Mono.error(refusal(missing));
    }

    private Mono<Void> note(Keysets keysets, List<KeyProof> proofs) {
        return Flux.fromArray(KeyPurpose.values())
            .map(purpose -> KeyProof.of(purpose, keysets.of(purpose)))
            .filter(current -> proofs.stream().noneMatch(current::isOfTheSameKey))
            .concatMap(needed::note)
            .then();
    }

    private Unavailable refusal(List<KeyProof> missing) {
        missing.forEach(proof -> {
            Keyring keyring = proof.purpose() == KeyPurpose.MESSAGES ? messages : search;
            log.error(
                "nothing is served: the store needs key {}, and {} has no such key, only {}. Give that keyset back; " +
                    "if it is lost for good, name the key in PARLEY_LOST_KEYS",
                proof.key(),
                keyring,
                keyring.keyset().keys()
            );
        });
        return new Unavailable("This instance does not have the keys of what is stored.", REFUSAL);
    }

    private record Keysets(Keyset messages, Keyset search) {
        Keyset of(KeyPurpose purpose) {
            return switch (purpose) {
                case MESSAGES -> messages;
                case SEARCH -> search;
            };
        }
    }
}
