package chat.parley.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;

class TopicsCreationTest {

    @Test
    void goesOnTryingForAsLongAsThereIsNoKafka() throws InterruptedException {
        CountDownLatch tries = new CountDownLatch(4);
        TopicsCreation creation = new TopicsCreation(new Nowhere(tries));

        creation.start();

        try {
            assertThat(tries.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            creation.stop();
        }
    }

    private static final class Nowhere extends KafkaAdmin {

        private final CountDownLatch tries;

        Nowhere(CountDownLatch tries) {
            super(Map.of());
            this.tries = tries;
        }

        @Override
        protected Collection<NewTopic> newTopics() {
            return List.of(new NewTopic("any", 1, (short) 1));
        }

        @Override
        protected Admin createAdmin() {
            tries.countDown();
            throw new KafkaException("nobody is there");
        }
    }
}
