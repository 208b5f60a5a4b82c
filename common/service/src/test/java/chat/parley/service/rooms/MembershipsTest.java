package chat.parley.service.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.problem.Forbidden;
import chat.parley.service.problem.NotFound;
import chat.parley.service.security.Secret;
import chat.parley.service.security.ServiceTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class MembershipsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final RoomId room = RoomId.random();
    private final UserId user = UserId.random();
    private final AtomicInteger lookUps = new AtomicInteger();
    private Mono<Void> gate = Mono.empty();
    private final AtomicLong now = new AtomicLong();
    private final RoomsProperties properties = new RoomsProperties(
        URI.create("http://rooms"),
        SOON,
        10,
        Duration.ofMinutes(1),
        new RoomsProperties.Breaker(Duration.ofSeconds(10), 20, 50, Duration.ofSeconds(5), 5)
    );
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Memberships memberships = new Memberships(
        new RoomsClient(
            WebClient.builder()
                .exchangeFunction(_ -> gate.then(Mono.fromSupplier(this::answer)))
                .build(),
            new ServiceTokens("test", Secret.of("x".repeat(32)), Clock.systemUTC()),
            new RoomsBreaker(properties, meters)
        ),
        properties,
        meters,
        now::get
    );
    private HttpStatus status = HttpStatus.OK;
    private @Nullable Role role = Role.MEMBER;

    private ClientResponse answer() {
        lookUps.incrementAndGet();
        Membership membership = new Membership(room, user, RoomType.PUBLIC, role, null);
        return ClientResponse.create(status)
            .header("Content-Type", "application/json")
            .body(JsonMapper.shared().writeValueAsString(membership))
            .build();
    }

    @BeforeEach
    void changesAreHeardOf() {
        memberships.trust();
    }

    private void letsIn() {
        StepVerifier.create(memberships.require(room, user)).expectNextCount(1).expectComplete().verify(SOON);
    }

    private void refuses(Class<? extends Throwable> reason) {
        StepVerifier.create(memberships.require(room, user)).expectError(reason).verify(SOON);
    }

    @Test
    void remembersAMemberUntilItHearsOfAChange() {
        letsIn();
        role = null;
        letsIn();

        assertThat(lookUps).hasValue(1);
        memberships.forget(room, user);
        refuses(Forbidden.class);
    }

    @Test
    void asksAgainOfEverybodyInARoomThatHasChanged() {
        RoomId another = RoomId.random();
        letsIn();
        memberships.require(another, user).block(SOON);

        memberships.forget(room);
        letsIn();
        memberships.require(another, user).block(SOON);

        assertThat(lookUps).hasValue(3);
    }

    @Test
    void remembersNoAnswerThatAChangeHasOvertaken() {
        Sinks.Empty<Void> held = Sinks.empty();
        gate = held.asMono();
        CompletableFuture<Membership> before = memberships.require(room, user).toFuture();

        memberships.forget(room, user);
        held.tryEmitEmpty().orThrow();
        role = null;

        assertThat(before).succeedsWithin(SOON);
        refuses(Forbidden.class);
    }

    @Test
    void forgetsByAgeShouldItHearOfNothing() {
        letsIn();
        role = null;

        now.addAndGet(Duration.ofSeconds(59).toNanos());
        letsIn();
        now.addAndGet(Duration.ofSeconds(1).toNanos());

        refuses(Forbidden.class);
    }

    @Test
    void remembersNothingOfARoomWhileAChangeOvertakesTheAnswer() {
        Sinks.Empty<Void> held = Sinks.empty();
        gate = held.asMono();
        CompletableFuture<Membership> before = memberships.require(room, user).toFuture();

        memberships.forget(room);
        held.tryEmitEmpty().orThrow();
        role = null;

        assertThat(before).succeedsWithin(SOON);
        refuses(Forbidden.class);
    }

    @Test
    void letsInWhoHasJustJoined() {
        role = null;
        refuses(Forbidden.class);

        role = Role.MEMBER;

        letsIn();
    }

    @Test
    void letsNobodyInWithoutAnAnswer() {
        status = HttpStatus.NOT_FOUND;

        refuses(NotFound.class);
    }
}
