package chat.parley.service;

import chat.parley.contracts.RoomId;
import chat.parley.service.paging.Limit;
import chat.parley.service.problem.Allowance;
import chat.parley.service.problem.RateLimited;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.security.Caller;
import chat.parley.service.security.PublicPaths;
import chat.parley.service.security.SecurityConfiguration;
import chat.parley.service.security.SecurityProperties;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The smallest service there can be, wearing everything that all services wear. */
@SpringBootApplication
@RestController
class ProbeApplication {

    static final ECKey KEY = key();

    record Greeting(@NotBlank @Size(max = 10) String firstName, Integer times) {}

    @Bean
    PublicPaths open() {
        return PublicPaths.of("/open/**");
    }

    @Bean
    ReactiveJwtDecoder accessTokens(SecurityProperties properties) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(_ ->
            Flux.just(KEY.toPublicJWK())
        )
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .build();
        decoder.setJwtValidator(SecurityConfiguration.accessTokenRules(properties));
        return decoder;
    }

    @GetMapping("/me")
    Map<String, Object> me(Caller caller) {
        return Map.of("user_id", caller.id(), "at", Instant.ofEpochMilli(5));
    }

    @PostMapping("/open/greetings")
    Mono<Greeting> greet(@Valid @RequestBody Greeting greeting) {
        return Mono.just(greeting);
    }

    @GetMapping("/open/rooms/{id}")
    RoomId room(@PathVariable RoomId id, @RequestParam(required = false) Integer limit) {
        Limit.of(limit);
        return id;
    }

    @GetMapping("/open/accident")
    Mono<Void> accident() {
        return Mono.error(new IllegalStateException("SELECT secret FROM users"));
    }

    @GetMapping("/open/overload")
    Mono<Void> overload() {
        return Mono.error(new Unavailable("Too much to do.", Duration.ofMillis(1500)));
    }

    @GetMapping("/open/rush")
    Mono<Void> rush() {
        Allowance allowance = new Allowance(30, 0, Duration.ofMillis(14_001));
        return Mono.error(new RateLimited("Too many calls.", allowance, Duration.ofMillis(400)));
    }

    @GetMapping("/open/outage")
    Mono<Void> outage() {
        return Mono.error(new DataAccessResourceFailureException("10.0.0.7:6379 does not answer"));
    }

    @GetMapping("/open/trace")
    Mono<String> trace() {
        return Mono.delay(Duration.ofMillis(1)).map(_ -> String.valueOf(MDC.get("request_id")));
    }

    @GetMapping("/internal/ping")
    String ping() {
        return "pong";
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("probe").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
