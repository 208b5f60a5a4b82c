package chat.parley.message;

import chat.parley.sealing.SearchKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has words hashed by a key that is for this alone. */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {

    @Bean
    TermHashes termHashes(SearchKey key) {
        return new TermHashes(key::hash);
    }
}
