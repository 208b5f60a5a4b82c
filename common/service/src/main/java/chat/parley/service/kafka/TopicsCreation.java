package chat.parley.service.kafka;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private static final long PAUSE_MILLIS = 1_000;

    private final KafkaAdmin admin;
    private CountDownLatch stopped = new CountDownLatch(0);

    TopicsCreation(KafkaAdmin admin) {
        this.admin = admin;
    }

    @Override
    public synchronized void start() {
        stopped = new CountDownLatch(1);
        if (!created()) {
            CountDownLatch untilStopped = stopped;
            Thread.ofVirtual()
                .name("topics")
                .start(() -> keepTrying(untilStopped));
        }
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

    private void keepTrying(CountDownLatch untilStopped) {
        try {
            while (!untilStopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (created()) {
                    log.info("the topics are there now");
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        stopped.countDown();
    }

    @Override
    public synchronized boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** Before every consumer. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 1_000;
    }
}
