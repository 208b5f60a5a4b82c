package chat.parley.contracts.webhook;

import chat.parley.contracts.Event;
import chat.parley.contracts.EventId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/** What realtime nodes leave each other to post on {@link chat.parley.contracts.Topic#WEBHOOKS}, keyed by app and URL. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface WebhookCall extends Event {
    /**
     * An app's server is to be told of some events.
     *
     * @param at when it became due first
     * @param url one of the app's webhooks
     * @param body JSON, to be posted as it is
     * @param tries how often that has failed
     */
    @JsonTypeName("webhook.due")
    record Due(EventId eventId, Instant at, String appId, String url, String body, int tries) implements
        WebhookCall {
        @Override
        public String key() {
            return appId + "/" + url;
        }
    }
}
