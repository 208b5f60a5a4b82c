package chat.parley.room.accounts.keys;

import chat.parley.service.security.PublicPaths;
import chat.parley.service.security.SecurityConfiguration;
import chat.parley.service.security.SecurityProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/** This service checks tokens with its own keys, where the others ask it for them. */
@Configuration(proxyBeanMethods = false)
class AccessTokensConfiguration {

    @Bean
    ReactiveJwtDecoder accessTokenDecoder(SigningKeys keys, SecurityProperties properties) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(token ->
            keys.checking(token.getHeader().getKeyID()).flux()
        )
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .build();
        decoder.setJwtValidator(SecurityConfiguration.accessTokenRules(properties));
        return decoder;
    }

    @Bean
    PublicPaths strangersMayCall() {
        return PublicPaths.of("/api/auth/**");
    }
}
