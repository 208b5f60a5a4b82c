package chat.parley.message.keys;

import chat.parley.message.NeededKeys;
import chat.parley.sealing.KeyId;
import chat.parley.service.sealing.StoredKeys;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What realtime-service and {@code ./parley keys} ask; takes service tokens only. */
@RestController
class KeysController {

    private final NeededKeys needed;

    KeysController(NeededKeys needed) {
        this.needed = needed;
    }

    @GetMapping(StoredKeys.PATH)
    Mono<StoredKeys> keys() {
        return needed.known().map(KeysController::answer);
    }

    private static StoredKeys answer(NeededKeys.Known known) {
        return new StoredKeys(
            known.proofs().stream().map(StoredKeys.Proof::of).toList(),
            known.opensAll().map(KeyId::toString).orElse(null),
            known.unopened()
        );
    }
}
