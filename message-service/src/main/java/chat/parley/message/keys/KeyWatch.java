package chat.parley.message.keys;

import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import chat.parley.service.sealing.SealingProperties;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Has the {@link KeyCheck} made when nobody asks anything: a new key seals in the background as well, and has to be known
 * as needed by then.
 */
@Component
final class KeyWatch extends Rounds {

    private final KeyCheck check;

    KeyWatch(KeyCheck check, SealingProperties properties) {
        super(Pace.every(properties.rereadEvery()));
        this.check = check;
    }

    @Override
    protected Mono<Void> round() {
        return check.require();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
