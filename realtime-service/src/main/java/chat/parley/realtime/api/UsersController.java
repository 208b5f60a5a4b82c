package chat.parley.realtime.api;

import chat.parley.realtime.channels.Publisher;
import chat.parley.realtime.channels.app.App;
import chat.parley.service.problem.MalformedRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What an app's server may do with those who are signed in to it. */
@RestController
@RequestMapping("/apps/{appId}/users/{userId}")
class UsersController {

    /** As long as an id fits into the name of the user's own channel. */
    private static final int MAX_ID = 148;
    /** Longer than the producer tries to deliver. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] NOTHING = {};

    private final SignedApps apps;
    private final Publisher publisher;

    UsersController(SignedApps apps, Publisher publisher) {
        this.apps = apps;
        this.publisher = publisher;
    }

    /** An answer means that every node will close the user's signed-in connections. */
    @PostMapping("/terminate_connections")
    Mono<Map<String, Object>> terminate(
        @PathVariable String appId,
        @PathVariable String userId,
        ServerHttpRequest http,
        @RequestBody(required = false) byte@Nullable [] body
    ) {
        App app = apps.require(appId, http, Objects.requireNonNullElse(body, NOTHING));
        if (userId.length() > MAX_ID) {
            throw new MalformedRequest("A user's id has at most 148 characters.");
        }
        return Mono.fromFuture(() -> publisher.terminate(app, userId))
            .thenReturn(Map.<String, Object>of())
            .timeout(PATIENCE);
    }
}
