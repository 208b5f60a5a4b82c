package chat.parley.realtime.keys;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How message-service is asked which keys are needed.
 *
 * @param url its base address
 * @param timeout how long an answer may take
 */
@ConfigurationProperties("parley.messages")
record MessagesProperties(URI url, @DefaultValue("2s") Duration timeout) {}
