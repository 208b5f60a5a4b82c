package chat.parley.presence.typing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.presence.HandClock;
import chat.parley.presence.Shard;
import chat.parley.presence.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class TypistsStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final Duration RETELL = Duration.ofSeconds(20);

    private final ReactiveStringRedisTemplate redis = TestRedis.empty();
    private final HandClock clock = new HandClock();
    private final Typists typists = new Typists(redis, new TypingProperties(SILENCE, RETELL), clock);
    private final Typist anna = new Typist(RoomId.random(), UserId.random());

    @Test
    void beginsOnceHoweverOftenItIsSaid() {
        assertThat(starts(anna)).isTrue();
        assertThat(starts(anna)).isFalse();
        assertThat(starts(new Typist(anna.room(), UserId.random()))).isTrue();
        assertThat(starts(new Typist(RoomId.random(), anna.user()))).isTrue();
    }

    @Test
    void endsByItselfSixSecondsAfterTheLastSign() {
        starts(anna);
        clock.pass(Duration.ofSeconds(4));
        starts(anna);
        clock.pass(SILENCE.minusMillis(1));
        assertThat(due()).isEmpty();

        clock.pass(Duration.ofMillis(1));

        assertThat(due()).containsExactly(anna);
        assertThat(due()).isEmpty();
    }

    @Test
    void endsOnceAtAWord() {
        starts(anna);

        assertThat(stops(anna)).isTrue();
        assertThat(stops(anna)).isFalse();
        told(anna);
        clock.pass(SILENCE.plus(RETELL));
        assertThat(due()).isEmpty();
    }

    @Test
    void endsThoseOfManyWhoHadBegun() {
        List<Typist> many = Stream.generate(() -> new Typist(RoomId.random(), UserId.random()))
            .limit(100)
            .toList();
        starts(many.getFirst());
        starts(many.getLast());

        assertThat(stopped(many)).containsExactlyInAnyOrder(many.getFirst(), many.getLast());
        assertThat(stopped(many)).isEmpty();
    }

    @Test
    void endsNothingThatNeverBegan() {
        assertThat(stops(anna)).isFalse();
        assertThat(due()).isEmpty();
    }

    @Test
    void tellsAnEndAgainIfWhoTookItDied() {
        starts(anna);
        clock.pass(SILENCE);
        assertThat(due()).containsExactly(anna);

        clock.pass(RETELL);

        assertThat(due()).containsExactly(anna);
        told(anna);
        clock.pass(RETELL);
        assertThat(due()).isEmpty();
    }

    @Test
    void doesNotEndANewBeginningByAnOldEnd() {
        starts(anna);
        stops(anna);

        assertThat(starts(anna)).isTrue();

        clock.pass(SILENCE.minusMillis(1));
        assertThat(due()).isEmpty();
    }

    @Test
    void givesAnEndToOneInstanceOnly() {
        starts(anna);
        clock.pass(SILENCE);

        List<Typist> taken = Flux.range(0, 8)
            .flatMap(_ -> typists.due(anna.shard()).subscribeOn(Schedulers.boundedElastic()), 8)
            .collectList()
            .block(PATIENCE);

        assertThat(taken).containsExactly(anna);
    }

    @Test
    void leavesNothingBehind() {
        starts(anna);
        stops(anna);
        told(anna);

        assertThat(redis.keys("*").collectList().block(PATIENCE)).isEmpty();
    }

    private boolean starts(Typist typist) {
        return typists.started(typist).block(PATIENCE);
    }

    private boolean stops(Typist typist) {
        return !stopped(List.of(typist)).isEmpty();
    }

    private List<Typist> stopped(List<Typist> some) {
        return typists.stopped(some).collectList().block(PATIENCE);
    }

    private void told(Typist typist) {
        typists.told(typist).block(PATIENCE);
    }

    private List<Typist> due() {
        return Flux.fromIterable(Shard.all()).concatMap(typists::due).collectList().block(PATIENCE);
    }
}
