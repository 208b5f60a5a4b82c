package chat.parley.room.accounts;

import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes away what has run out, now and then, for as long as the service runs. */
@Component
class Sweeping extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(Sweeping.class);

    private final ExpiredRows expired;

    Sweeping(ExpiredRows expired, AuthProperties properties) {
        super(Pace.every(properties.sweeping().interval()));
        this.expired = expired;
    }

    @Override
    protected Mono<Void> round() {
        return expired
            .sweep()
            .doOnNext(rows -> log.debug("{} rows had run out", rows))
            .then();
    }
}
