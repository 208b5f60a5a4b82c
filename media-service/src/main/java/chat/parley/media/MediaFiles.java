package chat.parley.media;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaStatus;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The uploads that are known, by their ids. */
@Component
public class MediaFiles {

    private static final int LOOK_UPS_AT_ONCE = 16;

    private final ReactiveMongoTemplate mongo;

    MediaFiles(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    public Mono<MediaFile> add(MediaFile file) {
        return mongo.insert(StoredFile.from(file)).thenReturn(file);
    }

    public Mono<MediaFile> find(MediaId id) {
        return mongo.findById(id.toString(), StoredFile.class).map(StoredFile::toMediaFile);
    }

    /** Those that exist, in the order of the ids. One read each: every store is quick by {@code _id}. */
    public Flux<MediaFile> findAll(Collection<MediaId> ids) {
        return Flux.fromIterable(ids).flatMapSequential(this::find, LOOK_UPS_AT_ONCE);
    }

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
        Instant uploadedAt
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
                file.uploadedAt()
            );
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
