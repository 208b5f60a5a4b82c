package chat.parley.contracts.media;

import chat.parley.contracts.Event;
import chat.parley.contracts.EventId;
import chat.parley.contracts.MediaId;
import chat.parley.contracts.UserId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/** What happened to an upload, told by media-service on {@link chat.parley.contracts.Topic#MEDIA}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface MediaEvent extends Event {
    MediaId mediaId();

    @Override
    default String key() {
        return mediaId().toString();
    }

    /** The bytes are stored; nobody has looked at them yet. */
    @JsonTypeName("media.uploaded")
    record MediaUploaded(
        EventId eventId,
        Instant at,
        MediaId mediaId,
        UserId ownerId,
        MediaSnapshot media
    ) implements MediaEvent {}

    @JsonTypeName("media.ready")
    record MediaReady(
        EventId eventId,
        Instant at,
        MediaId mediaId,
        UserId ownerId,
        MediaSnapshot media
    ) implements MediaEvent {}

    @JsonTypeName("media.rejected")
    record MediaRejected(
        EventId eventId,
        Instant at,
        MediaId mediaId,
        UserId ownerId,
        MediaSnapshot media
    ) implements MediaEvent {}
}
