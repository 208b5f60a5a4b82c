package chat.parley.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** A little issuer over real HTTP beside a little room-service, each with its own keys. */
class OutsideIssuerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Secret SECRET = new Secret("a-secret-of-this-test-0123456789abcdef");

    private final ECKey ownKey = Tokens.ec("own");
    private final RSAKey rsa = Tokens.rsa("rsa");
    private final ECKey ec = Tokens.ec("ec");
    private final KeyServer rooms = new KeyServer(ownKey.toPublicJWK());
    private final KeyServer issuer = new KeyServer(rsa.toPublicJWK(), ec.toPublicJWK());
    private final AtomicInteger lookUps = new AtomicInteger();
    private final Map<String, UserId> people = new ConcurrentHashMap<>();
    private AccessTokenCheck check = check("", this::idOf);

    OutsideIssuerTest() {
        issuer.describesItself(issuer.issuer(), "RS256", "ES256", "HS256", "none");
    }

    @AfterEach
    void end() {
        rooms.close();
        issuer.close();
    }

    @Test
    void signsByWhateverItSaysItSignsBy() {
        assertThat(outcome(rsa, claims("ada"))).isEqualTo(people.get("ada").toString());
        assertThat(outcome(ec, claims("bob"))).isEqualTo(people.get("bob").toString());
        assertThat(outcome(Tokens.signed(ec, new JOSEObjectType("at+jwt"), claims("ada").build()))).isEqualTo(
            people.get("ada").toString()
        );
    }

    @Test
    void doesNotSignByWhatItDoesNotName() {
        issuer.describesItself(issuer.issuer(), "RS256");

        assertThat(outcome(rsa, claims("ada"))).isEqualTo(people.get("ada").toString());
        assertThat(outcome(ec, claims("ada"))).isEqualTo("refused");
    }

    @Test
    void isAskedWhoSomebodyIsOnce() {
        outcome(rsa, claims("ada"));
        outcome(ec, claims("ada"));

        assertThat(lookUps).hasValue(1);
    }

    @Test
    void stillHasItsPeopleKnownByTheirOwnIdsWhereThoseAreUsersOfOurs() {
        UserId victim = UserId.random();

        String name = outcome(rsa, claims(victim.toString()));

        assertThat(name).isEqualTo(people.get(victim.toString()).toString()).isNotEqualTo(victim.toString());
    }

    @Test
    void cannotSpeakForRoomServiceNorRoomServiceForIt() {
        String user = UserId.random().toString();

        assertThat(outcome(rsa, Tokens.claims("parley", user))).isEqualTo("refused");
        assertThat(outcome(ec, Tokens.claims("parley", user))).isEqualTo("refused");
        assertThat(outcome(ownKey, claims(user))).isEqualTo("refused");
        assertThat(outcome(ownKey, Tokens.claims("parley", user))).isEqualTo(user);
        assertThat(
            outcome(new ServiceTokens("message-service", SECRET, Clock.systemUTC()).current())
        ).isEqualTo("refused");
    }

    @Test
    void isKnownByItsNameToTheLetter() {
        assertThat(outcome(rsa, Tokens.claims(issuer.issuer() + "/", "ada"))).isEqualTo("refused");
        assertThat(outcome(rsa, Tokens.claims(issuer.issuer().toUpperCase(), "ada"))).isEqualTo("refused");
        assertThat(outcome(rsa, Tokens.claims(null, "ada"))).isEqualTo("refused");
    }

    @Test
    void givesTokensThatEndAndAreSomebodys() {
        Instant past = Instant.now().minusSeconds(60);

        assertThat(outcome(rsa, claims("ada").expirationTime(Date.from(past)))).isEqualTo("refused");
        assertThat(outcome(rsa, claims("ada").expirationTime(null))).isEqualTo("refused");
        assertThat(
            outcome(rsa, claims("ada").notBeforeTime(Date.from(Instant.now().plusSeconds(60))))
        ).isEqualTo("refused");
        assertThat(outcome(rsa, claims(null))).isEqualTo("refused");
        assertThat(outcome(rsa, claims(""))).isEqualTo("refused");
        assertThat(outcome(rsa, claims("nul\u0000"))).isEqualTo("refused");
        assertThat(outcome(rsa, claims("x".repeat(256)))).isEqualTo("refused");
        assertThat(people).isEmpty();
    }

    @Test
    void givesTokensThatAreMeantForUsWhereThatIsAskedFor() {
        check = check("parley-api", this::idOf);

        assertThat(outcome(rsa, claims("ada"))).isEqualTo("refused");
        assertThat(outcome(rsa, claims("ada").audience("another-api"))).isEqualTo("refused");
        assertThat(outcome(rsa, claims("ada").audience(List.of("another-api", "parley-api")))).isEqualTo(
            people.get("ada").toString()
        );
    }

    /** Whatever its metadata says: the public key is no secret, and no signature is none. */
    @Test
    void signsByNoSecretThatEverybodyHas() throws JOSEException {
        JWTClaimsSet claims = claims("ada").build();
        SignedJWT byPublicKey = new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(),
            claims
        );
        byPublicKey.sign(new MACSigner(rsa.toRSAPublicKey().getEncoded()));

        assertThat(outcome(byPublicKey.serialize())).isEqualTo("refused");
        assertThat(outcome(new PlainJWT(claims).serialize())).isEqualTo("refused");
        assertThat(outcome(Tokens.rsa("rsa"), claims("ada"))).isEqualTo("refused");
    }

    @Test
    void mayBeDownWithoutAnythingBecomingWrong() {
        issuer.goesAway();

        assertThat(outcome(rsa, claims("ada"))).isEqualTo("not now");
        assertThat(outcome(ownKey, Tokens.claims("parley", UserId.random().toString()))).isNotEqualTo(
            "not now"
        );
    }

    @Test
    void isNotBelievedUnderAnotherName() {
        issuer.describesItself("https://somebody.else", "RS256");

        assertThat(outcome(rsa, claims("ada"))).isEqualTo("not now");
    }

    @Test
    void needsToSignBySomethingThatCanBeChecked() {
        issuer.describesItself(issuer.issuer(), "HS256", "none");

        assertThat(outcome(rsa, claims("ada"))).isEqualTo("not now");
    }

    @Test
    void tellsItsPeopleApartWhereNobodyLooksThemUp() {
        check = check("", null);

        String ada = outcome(rsa, claims("ada"));

        assertThat(ada)
            .hasSize(43)
            .isEqualTo(outcome(ec, claims("ada")))
            .isNotEqualTo(outcome(ec, claims("bob")));
        assertThat(lookUps).hasValue(0);
    }

    private Mono<UserId> idOf(Identity identity) {
        return Mono.fromSupplier(() -> {
            lookUps.incrementAndGet();
            return people.computeIfAbsent(identity.subject(), _ -> UserId.random());
        });
    }

    private JWTClaimsSet.Builder claims(@Nullable String subject) {
        return Tokens.claims(issuer.issuer(), subject);
    }

    private AccessTokenCheck check(String audience, @Nullable Identities identities) {
        SecurityProperties properties = new SecurityProperties(
            "parley",
            URI.create(rooms.url() + "/jwks.json"),
            Duration.ofSeconds(5),
            SECRET,
            true,
            new SecurityProperties.Keys(
                Duration.ofSeconds(3),
                Duration.ofMinutes(5),
                Duration.ZERO,
                Duration.ofHours(1)
            ),
            new SecurityProperties.Memory(1_000, Duration.ofMinutes(1), 1_000),
            new SecurityProperties.Outside(issuer.issuer(), audience, URI.create(""), Duration.ofDays(1))
        );
        return SecurityConfiguration.check(
            properties,
            new SecurityConfiguration().accessTokenDecoder(
                properties,
                WebClient.builder(),
                new SimpleMeterRegistry()
            ),
            WebClient.builder(),
            identities,
            Clock.systemUTC(),
            new SimpleMeterRegistry()
        );
    }

    private String outcome(JWK key, JWTClaimsSet.Builder claims) {
        return outcome(Tokens.signed(key, claims.build()));
    }

    private String outcome(String token) {
        return check
            .authenticate(new BearerTokenAuthenticationToken(token))
            .map(java.security.Principal::getName)
            .onErrorReturn(InvalidBearerTokenException.class, "refused")
            .onErrorReturn(AuthenticationServiceException.class, "not now")
            .block(PATIENCE);
    }
}
