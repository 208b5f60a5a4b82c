package chat.parley.contracts.media;

import chat.parley.contracts.MediaId;

/**
 * An upload as clients see it: {@code Media} and {@code Attachment} of the API.
 *
 * @param url the signed address of the original, the same as {@code fileUrl}
 * @param fileType a media type, found from the bytes
 * @param fileSize in bytes
 */
public record MediaSnapshot(
    MediaId id,
    String url,
    String fileUrl,
    String name,
    String fileType,
    long fileSize,
    MediaStatus status,
    MediaMetadata metadata
) {}
