package chat.parley.room.accounts.keys;

import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks after the signing keys for as long as the service runs: at once, and then often enough to know them all. */
@Component
class KeyTending extends Rounds {

    private static final Duration LONGEST_ROUND = Duration.ofSeconds(20);

    private final SigningKeys keys;

    KeyTending(SigningKeys keys, KeysProperties properties) {
        super(Pace.every(properties.keysMaxAge().dividedBy(2)).fromTheStart().noneLongerThan(LONGEST_ROUND));
        this.keys = keys;
    }

    @Override
    protected Mono<Void> round() {
        return keys.tend();
    }
}
