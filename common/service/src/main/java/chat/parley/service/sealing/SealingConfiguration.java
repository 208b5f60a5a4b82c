package chat.parley.service.sealing;

import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyring;
import chat.parley.sealing.KeysetSource;
import chat.parley.sealing.MessageSealer;
import chat.parley.sealing.Sealer;
import chat.parley.sealing.SearchKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys, for every service that sets {@code parley.sealing.messages.keyset}; without them it does not start. */
@AutoConfiguration
@ConditionalOnClass(Sealer.class)
@ConditionalOnProperty("parley.sealing.messages.keyset")
@EnableConfigurationProperties(SealingProperties.class)
public class SealingConfiguration {

    @Bean
    Keyring messageKeys(SealingProperties properties) {
        return keyring(KeyPurpose.MESSAGES, properties.messages());
    }

    private static Keyring keyring(KeyPurpose purpose, SealingProperties.Source source) {
        return new Keyring(KeysetSource.of(purpose, source.keyset(), source.kms()));
    }

    @Bean
    Keyrings keyrings(List<Keyring> keyrings, SealingProperties properties, MeterRegistry meters) {
        return new Keyrings(keyrings, properties, meters);
    }

    @Bean
    Sealer sealer(Keyring messageKeys) {
        return new Sealer(messageKeys);
    }

    @Bean
    MessageSealer messageSealer(Sealer sealer) {
        return new MessageSealer(sealer);
    }

    @Bean
    ContentOpener contentOpener(MessageSealer messageSealer, MeterRegistry meters) {
        return new ContentOpener(messageSealer, meters);
    }

    /** The key of search terms, for a service that has some. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("parley.sealing.search.keyset")
    static class Search {

        @Bean
        Keyring searchKeys(SealingProperties properties) {
            return keyring(KeyPurpose.SEARCH, Objects.requireNonNull(properties.search()));
        }

        @Bean
        SearchKey searchKey(Keyring searchKeys) {
            return new SearchKey(searchKeys);
        }
    }
}
