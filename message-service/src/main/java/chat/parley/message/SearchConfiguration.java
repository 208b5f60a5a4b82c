package chat.parley.message;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has words hashed by a key that is for this alone. */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {

    private static final String HMAC = "HmacSHA256";

    @Bean
    TermHashes termHashes(SearchProperties properties) {
        SecretKeySpec key = new SecretKeySpec(properties.key().bytes(), HMAC);
        // One for each thread: it has a state while it hashes.
        ThreadLocal<Mac> hmac = ThreadLocal.withInitial(() -> hmac(key));
        return new TermHashes(term -> ByteBuffer.wrap(hmac.get().doFinal(term)).getInt());
    }

    private static Mac hmac(SecretKeySpec key) {
        try {
            Mac hmac = Mac.getInstance(HMAC);
            hmac.init(key);
            return hmac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
