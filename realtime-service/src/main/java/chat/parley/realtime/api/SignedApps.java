package chat.parley.realtime.api;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.service.problem.Forbidden;
import chat.parley.service.problem.NotFound;
import java.time.Clock;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/** The app in whose name a request of the HTTP API is made, once the request has proved to be its server's. */
@Component
class SignedApps {

    private final Apps apps;
    private final Clock clock;

    SignedApps(Apps apps, Clock clock) {
        this.apps = apps;
        this.clock = clock;
    }

    /**
     * @throws NotFound if there is no such app
     * @throws Forbidden if the app is switched off
     * @throws Unsigned if the request does not prove to be its server's
     */
    App require(String appId, ServerHttpRequest http, byte[] body) {
        return require(
            appId,
            new SignedRequest(http.getMethod().name(), http.getPath().value(), http.getQueryParams(), body)
        );
    }

    /** The same for a request that no controller has. */
    App require(String appId, SignedRequest request) {
        App app = apps.withId(appId).orElseThrow(() -> new NotFound("There is no such app."));
        request.requireSignedBy(app, clock.instant());
        if (!app.limits().enabled()) {
            throw new Forbidden("This app is switched off.");
        }
        return app;
    }
}
