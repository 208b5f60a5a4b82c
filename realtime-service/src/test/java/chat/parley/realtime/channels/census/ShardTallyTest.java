package chat.parley.realtime.channels.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One shard's tally, and a Redis that answers when the test says so. */
class ShardTallyTest {

    private static final int MOST = 2;

    private final SlowRedis redis = new SlowRedis();
    private final ShardTally tally = new ShardTally(redis, MOST);

    @Test
    void tellsAtOnceWhenNothingIsUnderWay() {
        tally.add("news", 1);

        assertThat(redis.told).containsExactly(Map.of("news", 1));
    }

    @Test
    void whatComesMeanwhileLeavesTogether() {
        tally.add("news", 1);
        for (int i = 0; i < 1000; i++) {
            tally.add("news", 1);
        }
        tally.add("sports", 1);
        assertThat(redis.told).hasSize(1);

        redis.takes();

        assertThat(redis.told.getLast()).isEqualTo(Map.of("news", 1001, "sports", 1));
        redis.takes();
        assertThat(redis.told).hasSize(2);
    }

    @Test
    void oneCallCarriesNoMoreThanItMay() {
        tally.add("a", 1);
        List.of("b", "c", "d").forEach(name -> tally.add(name, 1));

        redis.takes();
        redis.takes();

        assertThat(redis.told).containsExactly(Map.of("a", 1), Map.of("b", 1, "c", 1), Map.of("d", 1));
    }

    @Test
    void whoCameAndWentMeanwhileIsNotSpokenOf() {
        tally.add("a", 1);
        tally.add("b", 1);
        tally.add("b", -1);

        redis.takes();

        assertThat(redis.told).containsExactly(Map.of("a", 1));
        assertThat(tally.names()).containsExactly("a");
    }

    @Test
    void whatWasNotTakenIsTriedAgainBeforeAnythingElse() {
        tally.add("a", 1);
        redis.refuses();
        List.of("b", "c", "d").forEach(name -> tally.add(name, 1));
        tally.add("a", 1);
        assertThat(redis.told).hasSize(1);

        redis.timeHasCome();

        assertThat(redis.told.getLast()).containsEntry("a", 2).hasSize(MOST);
    }

    @Test
    void whatRedisMayHaveHeardOfIsTakenBack() {
        tally.add("a", 1);
        tally.add("a", -1);
        redis.refuses();

        redis.timeHasCome();
        assertThat(redis.told.getLast()).isEqualTo(Map.of("a", 0));
        redis.takes();

        assertThat(tally.names()).isEmpty();
    }

    @Test
    void namesThatComeAndGoWhileRedisIsAwayDoNotGather() {
        tally.add("a", 1);
        redis.refuses();

        for (int i = 0; i < 1000; i++) {
            tally.add("name " + i, 1);
            tally.add("name " + i, -1);
        }

        assertThat(tally.names()).containsExactly("a");
    }

    @Test
    void tellsEverythingAgainAlsoWhatIsJustBeingTold() {
        tally.add("a", 1);
        redis.takes();
        tally.add("b", 1);

        tally.tellAgain();
        redis.takes();

        assertThat(redis.told.getLast()).isEqualTo(Map.of("a", 1, "b", 1));
    }

    @Test
    void tellsAgainWhatRedisKnowsOtherwise() {
        List.of("a", "b").forEach(name -> {
            tally.add(name, 1);
            redis.takes();
        });

        tally.compareWith(Map.of("a", 1, "b", 7));
        assertThat(redis.told.getLast()).isEqualTo(Map.of("b", 1));
        redis.takes();
        tally.compareWith(Map.of("a", 1, "b", 1, "gone", 3));
        assertThat(redis.told.getLast()).isEqualTo(Map.of("gone", 0));
        redis.takes();
        int calls = redis.told.size();
        tally.compareWith(Map.of("a", 1, "b", 1));

        assertThat(redis.told).hasSize(calls);
        assertThat(tally.names()).containsExactlyInAnyOrder("a", "b");
    }

    private static final class SlowRedis implements ShardTally.Telling {

        private final List<Map<String, Integer>> told = new ArrayList<>();
        private final Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
        private final Deque<Runnable> later = new ArrayDeque<>();

        @Override
        public CompletableFuture<Void> tell(Map<String, Integer> counts) {
            assertThat(underWay).as("calls under way").isEmpty();
            told.add(counts);
            CompletableFuture<Void> answer = new CompletableFuture<>();
            underWay.add(answer);
            return answer;
        }

        @Override
        public void soon(Runnable work) {
            work.run();
        }

        @Override
        public void later(Runnable again) {
            later.add(again);
        }

        private void takes() {
            underWay.remove().complete(null);
        }

        private void refuses() {
            underWay.remove().completeExceptionally(new IllegalStateException("away"));
        }

        private void timeHasCome() {
            later.remove().run();
        }
    }
}
