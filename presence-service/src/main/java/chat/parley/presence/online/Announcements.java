package chat.parley.presence.online;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.presence.PresenceEvent;
import chat.parley.contracts.presence.PresenceEvent.UserOffline;
import chat.parley.contracts.presence.PresenceEvent.UserOnline;
import chat.parley.presence.Interruptions;
import chat.parley.presence.PresenceEvents;
import chat.parley.presence.Shard;
import chat.parley.service.rooms.RoomsClient;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells who came and who went, to the rooms that they are in. */
@Component
class Announcements {

    private static final Logger log = LoggerFactory.getLogger(Announcements.class);
    private static final int SHARDS_AT_ONCE = 4;
    private static final int CHANGES_AT_ONCE = 8;

    private final Connections connections;
    private final RoomsClient rooms;
    private final PresenceEvents events;
    private final Clock clock;
    private final Interruptions interruptions = new Interruptions("watching who is online");

    Announcements(Connections connections, RoomsClient rooms, PresenceEvents events, Clock clock) {
        this.connections = connections;
        this.rooms = rooms;
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${parley.presence.tick}")
    Mono<Void> announceDue() {
        return interruptions.survive(
            Flux.fromIterable(Shard.all()).flatMap(this::announceDue, SHARDS_AT_ONCE).then()
        );
    }

    private Mono<Void> announceDue(Shard shard) {
        return connections.due(shard).flatMap(this::announce, CHANGES_AT_ONCE).then();
    }

    private Mono<Void> announce(Change change) {
        return rooms
            .roomsOf(change.user())
            .defaultIfEmpty(List.of())
            .map(roomIds -> eventOf(change, roomIds))
            .flatMap(events::publish)
            .then(Mono.defer(() -> connections.told(change)))
            .onErrorResume(cause -> postpone(change, cause));
    }

    private PresenceEvent eventOf(Change change, List<RoomId> roomIds) {
        EventId id = EventId.random();
        return change.online()
            ? new UserOnline(id, clock.instant(), change.user(), roomIds)
            : new UserOffline(id, clock.instant(), change.user(), change.lastSeenAt(), roomIds);
    }

    private Mono<Void> postpone(Change change, Throwable cause) {
        log.info("{} is told later: {}", change, cause.toString());
        return connections.notTold(change);
    }
}
