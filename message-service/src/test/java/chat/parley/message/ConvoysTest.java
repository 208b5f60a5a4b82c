package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class ConvoysTest {

    private final List<List<Integer>> calls = new ArrayList<>();
    private final List<Sinks.One<List<String>>> answers = new ArrayList<>();
    private final Convoys<Integer, String> convoys = new Convoys<>(1, 3, this::call);

    private Mono<List<String>> call(List<Integer> all) {
        Sinks.One<List<String>> answer = Sinks.one();
        calls.add(all);
        answers.add(answer);
        return answer.asMono();
    }

    @Test
    void goesAtOnceIfNobodyIsUnderWay() {
        join(1);

        assertThat(calls).containsExactly(List.of(1));
    }

    @Test
    void takesThoseTogetherWhoCameMeanwhileAsManyAsFit() {
        var all = IntStream.rangeClosed(1, 6).mapToObj(this::join).toList();

        answer(0);
        answer(1);
        answer(2);

        assertThat(calls).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6));
        assertThat(all).extracting(CompletableFuture::join).containsExactly("1", "2", "3", "4", "5", "6");
    }

    @Test
    void tellsEverybodyOfAFailureAndGoesOn() {
        var one = join(1);
        var two = join(2);

        answers.get(0).tryEmitError(new IllegalStateException("lost"));
        answer(1);

        assertThat(one).isCompletedExceptionally();
        assertThat(two).isCompletedWithValue("2");
    }

    @Test
    void tellsEverybodyIfNotEachHasAResult() {
        var one = join(1);

        answers.get(0).tryEmitValue(List.of());

        assertThat(one).isCompletedExceptionally();
        join(2);
        assertThat(calls).hasSize(2);
    }

    @Test
    void takesTheOthersAlongThoughOneGoesAway() {
        join(1);
        convoys.join(2).subscribe().dispose();
        var three = join(3);

        answer(0);
        answer(1);

        assertThat(three).isCompletedWithValue("3");
    }

    private CompletableFuture<String> join(int one) {
        return convoys.join(one).toFuture();
    }

    private void answer(int call) {
        answers.get(call).tryEmitValue(calls.get(call).stream().map(String::valueOf).toList());
    }
}
