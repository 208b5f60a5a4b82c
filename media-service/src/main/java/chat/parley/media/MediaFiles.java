package chat.parley.media;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The uploads that are known, by their ids, and the rooms that they have been sent to. */
@Component
public class MediaFiles {

    private static final int LOOK_UPS_AT_ONCE = 16;
    private static final int MOST_ROOMS = 1_000;
    private static final String ROOMS = "rooms";
    private static final String GOING = "going";

    private static final String LINKED = "linked";

    private final ReactiveMongoTemplate mongo;
    private final Clock clock;

    MediaFiles(ReactiveMongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    public Mono<MediaFile> add(MediaFile file) {
        return mongo.insert(StoredFile.from(file)).thenReturn(file);
    }

    public Mono<MediaFile> find(MediaId id) {
        return stored(id).map(StoredFile::toMediaFile);
    }

    private Mono<StoredFile> stored(MediaId id) {
        return mongo.findById(id.toString(), StoredFile.class).filter(file -> !file.isGoing());
    }

    /** Those that exist, in the order of the ids. One read each: every store is quick by {@code _id}. */
    public Flux<MediaFile> findAll(Collection<MediaId> ids) {
        return Flux.fromIterable(ids).flatMapSequential(this::find, LOOK_UPS_AT_ONCE);
    }

    /**
     * The file, which from now on is the room's too. Empty if it is not there, not this owner's, or in a thousand rooms
     * already.
     */
    public Mono<MediaFile> link(MediaId id, UserId owner, RoomId room) {
        return stored(id)
            .filter(file -> file.owner().equals(owner.toString()))
            .flatMap(file -> addTo(room, file))
            .map(StoredFile::toMediaFile);
    }

    private Mono<StoredFile> addTo(RoomId room, StoredFile file) {
        if (!file.isIn(room) && file.isInMany()) {
            return Mono.empty();
        }
        // Of this and of the last room's giving it up, one comes first: what was there before tells which.
        Update addition = new Update().addToSet(ROOMS, room.toString()).set(linkedIn(room), clock.instant());
        return mongo
            .findAndModify(byId(file.id()), addition, StoredFile.class)
            .filter(before -> !before.isGoing());
    }

    private static String linkedIn(RoomId room) {
        return LINKED + '.' + room;
    }

    /**
     * Takes it from the room. True if no other room has it: then it is nobody's any more, nobody gets it from now on,
     * and what is left of it is to be removed. What has never been linked, before links were noted, stays.
     */
    public Mono<Boolean> release(MediaId id, RoomId room) {
        return release(byId(id.toString()), id, room);
    }

    /** The same, unless it has been sent to the room after this time. */
    public Mono<Boolean> releaseUnlessSentAfter(Instant time, MediaId id, RoomId room) {
        // Not only "not after": when links were noted first, their times were not.
        Criteria notAfter = Criteria.where(linkedIn(room)).not().gt(time);
        return release(byId(id.toString()).addCriteria(notAfter), id, room);
    }

    private Mono<Boolean> release(Query file, MediaId id, RoomId room) {
        Update removal = new Update().pull(ROOMS, room.toString()).unset(linkedIn(room));
        return mongo
            .findAndModify(file, removal, StoredFile.class)
            .flatMap(before ->
                before.isInNoneBut(room) && !before.isGoing() ? condemn(id) : Mono.just(before.isGoing())
            )
            .defaultIfEmpty(false);
    }

    /** False if somebody has sent it to a room in this very moment. */
    private Mono<Boolean> condemn(MediaId id) {
        Query roomless = byId(id.toString()).addCriteria(Criteria.where(ROOMS).size(0));
        return mongo
            .updateFirst(roomless, Update.update(GOING, true), StoredFile.class)
            .map(result -> result.getMatchedCount() == 1);
    }

    /** Forgets the file; its bytes are gone by then. */
    public Mono<Void> remove(MediaId id) {
        return mongo.remove(byId(id.toString()), StoredFile.class).then();
    }

    private static Query byId(String id) {
        return Query.query(Criteria.where("_id").is(id));
    }

    /**
     * @param rooms that it has been sent to; null if it has been sent to none yet
     * @param going whether it is being removed
     */
    @Document("media_files")
    record StoredFile(
        @Id String id,
        String owner,
        String name,
        String type,
        long size,
        String sha256,
        MediaStatus status,
        @Nullable Integer width,
        @Nullable Integer height,
        Instant uploadedAt,
        @Nullable Set<String> rooms,
        @Nullable Boolean going
    ) {
        static StoredFile from(MediaFile file) {
            MediaFile.Dimensions dimensions = file.dimensions();
            return new StoredFile(
                file.id().toString(),
                file.owner().toString(),
                file.name(),
                file.type(),
                file.size(),
                file.sha256(),
                file.status(),
                dimensions == null ? null : dimensions.width(),
                dimensions == null ? null : dimensions.height(),
                file.uploadedAt(),
                null,
                null
            );
        }

        boolean isGoing() {
            return Boolean.TRUE.equals(going);
        }

        boolean isIn(RoomId room) {
            return rooms != null && rooms.contains(room.toString());
        }

        boolean isInMany() {
            return rooms != null && rooms.size() >= MOST_ROOMS;
        }

        boolean isInNoneBut(RoomId room) {
            return rooms != null && Set.of(room.toString()).containsAll(rooms);
        }

        MediaFile toMediaFile() {
            return new MediaFile(
                MediaId.of(id),
                UserId.of(owner),
                name,
                type,
                size,
                sha256,
                status,
                width == null || height == null ? null : new MediaFile.Dimensions(width, height),
                uploadedAt
            );
        }
    }
}
