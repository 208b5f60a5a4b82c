package chat.parley.flawed.waiting;

import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class Waiting {

    Object blocks(Mono<Object> mono) {
        return mono.block();
    }

    Supplier<Object> blocksInALambda(Flux<Object> flux) {
        return () -> flux.blockFirst();
    }

    Supplier<Object> blocksByReference(Mono<Object> mono) {
        return mono::block;
    }

    void sleeps() throws InterruptedException {
        Thread.sleep(1);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    void subscribes(Mono<Object> mono) {
        mono.subscribe();
    }

    void subscribesWithAnAnswer(Flux<Object> flux) {
        flux.subscribe(_ -> {});
    }
}
