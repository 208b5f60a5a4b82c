package chat.parley.service.kafka;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Sees to it that the topics exist before anything here reads them, and goes on trying in the background where Kafka
 * comes later than this service does.
 */
final class TopicsCreation implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicsCreation.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaAdmin admin;
    private final Perseverance perseverance = new Perseverance("topics", PAUSE, this::created);

    TopicsCreation(KafkaAdmin admin) {
        this.admin = admin;
    }

    @Override
    public void start() {
        perseverance.startWithOneTry();
    }

    /** Whether they are there; KafkaAdmin only logs its first failure, and throws all later ones. */
    private boolean created() {
        try {
            return admin.initialize();
        } catch (IllegalStateException notYet) {
            log.info("the topics cannot be made yet: {}", String.valueOf(notYet.getCause()));
            return false;
        }
    }

    @Override
    public void stop() {
        perseverance.stop();
    }

    @Override
    public boolean isRunning() {
        return perseverance.isWanted();
    }

    /** Before every consumer. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 1_000;
    }
}
