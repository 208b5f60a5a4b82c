package chat.parley.message;

import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.message.SealedMessage;
import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyring;
import chat.parley.sealing.KeysetSource;
import chat.parley.sealing.MessageSealer;
import chat.parley.sealing.Sealer;
import chat.parley.service.sealing.ContentOpener;
import chat.parley.service.sealing.Keyrings;
import chat.parley.service.sealing.SealingProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;

/** The keys of one instance, and what it needs to use them. */
public record TestKeys(Keyring keyring) {
    /** Those of the profile {@code test}. */
    public static final TestKeys FIXED = of(
        KeysetSource.of(KeyPurpose.MESSAGES, "local-only-message-keyset", null)
    );

    static TestKeys of(KeysetSource source) {
        return new TestKeys(new Keyring(source));
    }

    Sealer keys() {
        return new Sealer(keyring);
    }

    MessageSealer sealer() {
        return new MessageSealer(keys());
    }

    PageDocument documents() {
        return documents(new SimpleMeterRegistry());
    }

    PageDocument documents(MeterRegistry meters) {
        return new PageDocument(sealer(), new ContentOpener(sealer(), meters));
    }

    Keyrings keyrings(MeterRegistry meters) {
        var properties = new SealingProperties(
            new SealingProperties.Source("file:none", null),
            null,
            Duration.ofHours(1),
            Duration.ofMillis(1)
        );
        return new Keyrings(List.of(keyring), properties, meters);
    }

    /** The message as its readers see it. */
    MessageSnapshot read(SealedMessage message) {
        return message.with(open(message));
    }

    public MessageContent open(SealedMessage message) {
        return sealer().open(message.roomId(), message.seq(), message.sealed());
    }
}
