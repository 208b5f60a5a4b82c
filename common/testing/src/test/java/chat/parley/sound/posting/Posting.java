package chat.parley.sound.posting;

import chat.parley.service.LeavesTheChain;
import chat.parley.sound.Room;
import chat.parley.sound.ground.Stone;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

record Posting(Room room, Stone stone, Clock clock) {
    Mono<Instant> answer() {
        return Mono.fromSupplier(clock::instant);
    }

    @LeavesTheChain("Ends with the service, which disposes of it.")
    Disposable runsByItself() {
        return answer().subscribe(time -> answer().subscribe());
    }

    /** As a library for JSON web tokens wants it. */
    @SuppressWarnings("JavaUtilDate")
    String forALibrary() {
        return String.valueOf(Date.from(clock.instant()));
    }
}
