package chat.parley.room.people;

import chat.parley.service.LeavesTheChain;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells rooms of their members' new names and pictures, for as long as the service runs. */
@Component
class ProfileNews implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ProfileNews.class);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);

    private final ChangedProfiles changed;
    private final ProfileNewsProperties properties;
    private volatile @Nullable Disposable running;

    ProfileNews(ChangedProfiles changed, ProfileNewsProperties properties) {
        this.changed = changed;
        this.properties = properties;
    }

    @Override
    @LeavesTheChain("a loop of the service's own, as long as it runs; every round reports its own errors")
    public synchronized void start() {
        running = Flux.interval(properties.pollInterval())
            .onBackpressureDrop()
            .concatMap(_ -> untilNobodyIsLeft(), 0)
            .subscribe();
    }

    private Mono<Void> untilNobodyIsLeft() {
        return Mono.defer(changed::tellSome)
            .timeout(LONGEST_STEP)
            .repeat()
            .takeWhile(told -> told)
            .then()
            .onErrorResume(error -> {
                log.warn("rooms have yet to hear of new names: {}", error.toString());
                return Mono.empty();
            });
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.dispose();
        }
        running = null;
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
