package chat.parley.room.people;

import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells rooms of their members' new names and pictures, for as long as the service runs. */
@Component
class ProfileNews extends Rounds {

    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);

    // Ends by its own when nobody is left, and with its first step that hangs.
    private static final Duration LONGEST_ROUND = Duration.ofDays(1);

    private final ChangedProfiles changed;

    ProfileNews(ChangedProfiles changed, ProfileNewsProperties properties) {
        super(Pace.every(properties.pollInterval()).noneLongerThan(LONGEST_ROUND));
        this.changed = changed;
    }

    /** Until nobody is left. */
    @Override
    protected Mono<Void> round() {
        return Mono.defer(changed::tellSome)
            .timeout(LONGEST_STEP)
            .repeat()
            .takeWhile(told -> told)
            .then();
    }
}
