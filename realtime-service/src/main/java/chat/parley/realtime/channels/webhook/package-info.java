/** Webhooks: what happens to an app's channels, gathered, kept in Kafka, and posted to the app's server until it is taken. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.webhook;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
