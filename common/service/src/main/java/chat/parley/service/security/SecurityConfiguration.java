package chat.parley.service.security;

import chat.parley.service.problem.MalformedRequest;
import chat.parley.service.problem.Problems;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/**
 * Every service checks every token itself; no header and no network position is trusted. People's paths take access
 * tokens (ES256, keys from the JWKS), {@code /internal/**} takes service tokens.
 */
@AutoConfiguration(
    before = {
        ReactiveWebSecurityAutoConfiguration.class, ReactiveOAuth2ResourceServerAutoConfiguration.class,
    }
)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityConfiguration {

    private static final Duration KEYS_WITHIN = Duration.ofSeconds(3);

    // Only the management port answers there, which is never routed: probes and scrapers have no tokens.
    private static final String OPERATIONS = "/actuator/**";

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ServiceTokens serviceTokens(
        @Value("${spring.application.name}") String service,
        SecurityProperties properties,
        Clock clock
    ) {
        return new ServiceTokens(service, properties.serviceSecret(), clock);
    }

    @Bean
    @ConditionalOnMissingBean
    ReactiveJwtDecoder accessTokenDecoder(SecurityProperties properties, WebClient.Builder http) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSetUri(
            properties.jwkSetUri().toString()
        )
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .webClient(impatient(http))
            .build();
        decoder.setJwtValidator(accessTokenRules(properties));
        // Keys that cannot be had are no accident of ours: as this kind of exception they come out as 503.
        return token ->
            decoder
                .decode(token)
                .onErrorMap(IllegalStateException.class, away ->
                    new JwtException("no keys to check with", away)
                );
    }

    /** A room-service that takes the connection and says nothing would otherwise hold every caller with a new key. */
    private static WebClient impatient(WebClient.Builder http) {
        return http.filter((request, next) -> next.exchange(request).timeout(KEYS_WITHIN)).build();
    }

    /** What an access token must be beside signed. */
    public static DelegatingOAuth2TokenValidator<Jwt> accessTokenRules(SecurityProperties properties) {
        return new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(properties.clockSkew()),
            new JwtIssuerValidator(properties.issuer())
        );
    }

    @Bean
    @Order(1)
    SecurityWebFilterChain internalCalls(
        ServerHttpSecurity http,
        SecurityProperties properties,
        Problems problems
    ) {
        return plain(http, problems)
            .securityMatcher(new PathPatternParserServerWebExchangeMatcher("/internal/**"))
            .authorizeExchange(calls -> calls.anyExchange().authenticated())
            .oauth2ResourceServer(server ->
                server
                    .authenticationEntryPoint(problems::handle)
                    .jwt(jwt ->
                        jwt.jwtDecoder(
                            ServiceTokens.decoder(properties.serviceSecret(), properties.clockSkew())
                        )
                    )
            )
            .build();
    }

    /** No token is looked at here: an expired one sent along must not keep anyone from refreshing it. */
    @Bean
    @Order(2)
    SecurityWebFilterChain openPaths(
        ServerHttpSecurity http,
        ObjectProvider<PublicPaths> open,
        Problems problems
    ) {
        Stream<String> patterns = open.orderedStream().flatMap(paths -> paths.patterns().stream());
        return plain(http, problems)
            .securityMatcher(
                ServerWebExchangeMatchers.pathMatchers(
                    Stream.concat(Stream.of(OPERATIONS), patterns).toArray(String[]::new)
                )
            )
            .authorizeExchange(calls -> calls.anyExchange().permitAll())
            .build();
    }

    @Bean
    @Order(3)
    SecurityWebFilterChain callsOfPeople(
        ServerHttpSecurity http,
        ReactiveJwtDecoder accessTokens,
        Problems problems
    ) {
        return plain(http, problems)
            .authorizeExchange(calls -> calls.anyExchange().authenticated())
            .oauth2ResourceServer(server ->
                server.authenticationEntryPoint(problems::handle).jwt(jwt -> jwt.jwtDecoder(accessTokens))
            )
            .build();
    }

    /** Addresses that are written to slip past somebody's rules: encoded slashes, dot segments, control characters. */
    @Bean
    @ConditionalOnMissingBean
    ServerExchangeRejectedHandler suspiciousAddresses(Problems problems) {
        return (exchange, rejected) ->
            problems.handle(
                exchange,
                new MalformedRequest("The address or a header of the request is not well-formed.")
            );
    }

    /** Stateless, and without what Spring Security adds for browsers' forms; the gateway sets the headers. */
    private static ServerHttpSecurity plain(ServerHttpSecurity http, Problems problems) {
        return http
            .csrf(CsrfSpec::disable)
            .formLogin(FormLoginSpec::disable)
            .httpBasic(HttpBasicSpec::disable)
            .logout(LogoutSpec::disable)
            .headers(HeaderSpec::disable)
            .requestCache(RequestCacheSpec::disable)
            .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
            .exceptionHandling(handling ->
                handling.authenticationEntryPoint(problems::handle).accessDeniedHandler(problems::handle)
            );
    }

    @Bean
    WebFluxConfigurer callerArguments() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new CallerArgument());
            }
        };
    }
}
