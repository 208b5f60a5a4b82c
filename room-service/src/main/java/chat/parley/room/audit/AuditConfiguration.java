package chat.parley.room.audit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The key is made once; it takes as long as a few hundred entries. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    AuditKey auditKey(AuditProperties properties) {
        return new AuditKey(properties.key());
    }
}
