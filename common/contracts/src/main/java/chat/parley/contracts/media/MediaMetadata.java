package chat.parley.contracts.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an upload's content; a field that its type does not have is null.
 *
 * @param width in pixels, after orientation
 * @param height in pixels, after orientation
 * @param waveform 64 loudness values of 0 to 100
 */
public record MediaMetadata(
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Long durationMs,
    @Nullable String blurhash,
    @Nullable List<Integer> waveform,
    List<Variant> variants
) {
    /** Nothing is known. */
    public static final MediaMetadata NONE = new MediaMetadata(null, null, null, null, null, List.of());

    public MediaMetadata {
        waveform = waveform == null ? null : List.copyOf(waveform);
        variants = List.copyOf(variants);
    }

    /**
     * Another rendering of the same upload.
     *
     * @param name thumb, preview, poster, …
     */
    public record Variant(
        String name,
        String url,
        String fileType,
        @Nullable Integer width,
        @Nullable Integer height,
        long fileSize
    ) {}
}
