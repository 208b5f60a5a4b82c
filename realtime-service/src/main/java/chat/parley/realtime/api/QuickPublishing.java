package chat.parley.realtime.api;

import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.Publisher;
import chat.parley.realtime.channels.Publisher.Publication;
import chat.parley.realtime.channels.app.App;
import chat.parley.service.problem.Failure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.core.JacksonException;

/**
 * The call that apps' servers make most: one event, in order in every respect. Whatever else it may be is left to {@link
 * AppsController}, which refuses it with a reason or answers what more was asked for. So every rule is in one place.
 */
@Component
final class QuickPublishing {

    private static final String BEFORE_APP = "/apps/";
    private static final String BEHIND_APP = "/events";

    private final SignedApps apps;
    private final Publisher publisher;

    QuickPublishing(SignedApps apps, Publisher publisher) {
        this.apps = apps;
        this.publisher = publisher;
    }

    /** Whether a POST to this address may be one. */
    static boolean mayBe(String uri) {
        int query = uri.indexOf('?');
        return (
            query > 0 &&
            uri.startsWith(BEFORE_APP) &&
            uri.startsWith(BEHIND_APP, query - BEHIND_APP.length()) &&
            query - BEHIND_APP.length() > BEFORE_APP.length() &&
            // Nothing that would have to be decoded first: signatures are of hexadecimal digits.
            uri.indexOf('%') <
            0 &&
            uri.indexOf('+') < 0
        );
    }

    /** Completes when every node will hear of the event; null if this is for the controller. */
    @Nullable
    CompletableFuture<Void> attempt(String uri, byte[] body) {
        int query = uri.indexOf('?');
        try {
            App app = apps.require(
                uri.substring(BEFORE_APP.length(), query - BEHIND_APP.length()),
                new SignedRequest(
                    "POST",
                    uri.substring(0, query),
                    parametersOf(uri.substring(query + 1)),
                    body
                )
            );
            EventRequest event = WireJson.mapper().readValue(body, EventRequest.class);
            return event == null || event.info() != null ? null : publish(event.publications(app));
        } catch (Failure | JacksonException _) {
            return null;
        }
    }

    private static MultiValueMap<String, String> parametersOf(String query) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.add(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return parameters;
    }

    private CompletableFuture<Void> publish(List<Publication> publications) {
        if (publications.size() == 1) {
            return publisher.publish(publications.getFirst());
        }
        return CompletableFuture.allOf(
            publications.stream().map(publisher::publish).toArray(CompletableFuture<?>[]::new)
        );
    }
}
