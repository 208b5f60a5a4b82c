package chat.parley.service.security;

import chat.parley.service.problem.MalformedRequest;
import chat.parley.service.problem.Problems;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JWSAlgorithm;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
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
 * tokens (of room-service, or of an outside issuer), {@code /internal/**} takes service tokens.
 */
@AutoConfiguration(
    before = {
        ReactiveWebSecurityAutoConfiguration.class, ReactiveOAuth2ResourceServerAutoConfiguration.class,
    }
)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityConfiguration {

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

    /** Of room-service's tokens; room-service itself has the keys at hand. */
    @Bean
    @ConditionalOnMissingBean
    ReactiveJwtDecoder accessTokenDecoder(
        SecurityProperties properties,
        WebClient.Builder http,
        MeterRegistry meters
    ) {
        Set<JWSAlgorithm> algorithms = Set.of(JWSAlgorithm.ES256);
        IssuerKeys keys = new IssuerKeys(
            properties.issuer(),
            new PublishedKeys(http.build(), properties.keys().timeout()).at(
                properties.jwkSetUri(),
                algorithms
            ),
            patienceOf(properties, properties.keys().usableFor()),
            Ticker.systemTicker(),
            meters
        );
        return TokenDecoders.of(keys, algorithms, AccessTokenRules.own(properties));
    }

    /** What an access token of room-service must be beside signed. */
    public static DelegatingOAuth2TokenValidator<Jwt> accessTokenRules(SecurityProperties properties) {
        return AccessTokenRules.own(properties);
    }

    @Bean
    AccessTokenCheck accessTokenCheck(
        SecurityProperties properties,
        ReactiveJwtDecoder accessTokenDecoder,
        WebClient.Builder http,
        ObjectProvider<Identities> identities,
        Clock clock,
        MeterRegistry meters
    ) {
        return check(properties, accessTokenDecoder, http, identities.getIfAvailable(), clock, meters);
    }

    static AccessTokenCheck check(
        SecurityProperties properties,
        ReactiveJwtDecoder accessTokenDecoder,
        WebClient.Builder http,
        @Nullable Identities identities,
        Clock clock,
        MeterRegistry meters
    ) {
        OutsideIssuer outside = properties.outside().isConfigured()
            ? outsideIssuer(properties, http, identities, meters)
            : null;
        return new AccessTokenCheck(
            accessTokenDecoder,
            outside,
            new CheckedTokens(properties.memory(), clock, meters)
        );
    }

    /** It is not asked for anything before somebody shows a token of its: its being down keeps no service from starting. */
    private static OutsideIssuer outsideIssuer(
        SecurityProperties properties,
        WebClient.Builder http,
        @Nullable Identities identities,
        MeterRegistry meters
    ) {
        SecurityProperties.Outside outside = properties.outside();
        PublishedKeys published = new PublishedKeys(http.build(), properties.keys().timeout());
        URI jwkSetUri = outside.jwkSetUri();
        IssuerKeys keys = new IssuerKeys(
            outside.issuerUri(),
            jwkSetUri != null && outside.hasJwkSetUri()
                ? published.at(jwkSetUri, KeySet.CHECKABLE)
                : published.discovered(outside.issuerUri()),
            patienceOf(properties, outside.keysUsableFor()),
            Ticker.systemTicker(),
            meters
        );
        return new OutsideIssuer(
            outside.issuerUri(),
            TokenDecoders.of(keys, KeySet.CHECKABLE, AccessTokenRules.outside(properties)),
            identities == null
                ? null
                : new RememberedIdentities(identities, properties.memory().maxIdentities(), meters)
        );
    }

    private static IssuerKeys.Patience patienceOf(SecurityProperties properties, Duration usableFor) {
        SecurityProperties.Keys keys = properties.keys();
        return new IssuerKeys.Patience(keys.refreshAfter(), usableFor, keys.reloadPause());
    }

    /** Spring Security would measure each of its filters for each request; ours are measured as a whole. */
    @Bean
    @ConditionalOnMissingBean
    SecurityObservationSettings unobservedFilters() {
        return SecurityObservationSettings.noObservations();
    }

    /** Not in a service that takes no such calls, to which nothing below there exists for anybody. */
    @Bean
    @Order(1)
    @ConditionalOnBooleanProperty(name = "parley.security.internal-calls", matchIfMissing = true)
    SecurityWebFilterChain internalCalls(
        ServerHttpSecurity http,
        SecurityProperties properties,
        Clock clock,
        Problems problems
    ) {
        return plain(http, problems)
            .securityMatcher(new PathPatternParserServerWebExchangeMatcher("/internal/**"))
            .authorizeExchange(calls -> calls.anyExchange().authenticated())
            .oauth2ResourceServer(server ->
                server
                    .authenticationEntryPoint(problems::handle)
                    .jwt(jwt -> jwt.jwtDecoder(serviceTokens(properties, clock)))
            )
            .build();
    }

    private static ReactiveJwtDecoder serviceTokens(SecurityProperties properties, Clock clock) {
        return new RememberedServiceTokens(
            ServiceTokens.decoder(properties.serviceSecret(), properties.clockSkew()),
            clock
        );
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
        AccessTokenCheck accessTokens,
        Problems problems
    ) {
        return plain(http, problems)
            .authorizeExchange(calls -> calls.anyExchange().authenticated())
            .oauth2ResourceServer(server ->
                server
                    .authenticationEntryPoint(problems::handle)
                    .jwt(jwt -> jwt.authenticationManager(accessTokens))
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
