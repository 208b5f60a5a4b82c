package chat.parley.media.delivery;

import java.util.Set;

/** The media types that a browser shows without running anything that is in them: not SVG, not HTML, not PDF. */
final class SafeTypes {

    private static final Set<String> SAFE = Set.of(
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/avif",
        "image/bmp",
        "audio/mpeg",
        "audio/mp4",
        "audio/aac",
        "audio/ogg",
        "audio/vorbis",
        "audio/opus",
        "audio/flac",
        "audio/x-flac",
        "audio/x-wav",
        "audio/vnd.wave",
        "video/mp4",
        "video/ogg",
        "video/quicktime",
        "video/webm"
    );

    private SafeTypes() {}

    static boolean include(String type) {
        return SAFE.contains(type);
    }
}
