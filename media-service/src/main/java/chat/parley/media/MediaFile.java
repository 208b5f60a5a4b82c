package chat.parley.media;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upload whose bytes are stored.
 *
 * @param name fit for a file system: no path, no control characters, at most 255 bytes
 * @param type a media type, found from the bytes
 * @param size in bytes
 * @param sha256 of the bytes, in hex
 * @param dimensions of an image; null for everything else
 */
public record MediaFile(
    MediaId id,
    UserId owner,
    String name,
    String type,
    long size,
    String sha256,
    MediaStatus status,
    @Nullable Dimensions dimensions,
    Instant uploadedAt
) {
    /** The name of the variant that was uploaded. */
    public static final String ORIGINAL = "original";

    /**
     * In pixels, after orientation.
     */
    public record Dimensions(int width, int height) {}

    public MediaFile with(MediaStatus other) {
        return new MediaFile(id, owner, name, type, size, sha256, other, dimensions, uploadedAt);
    }
}
