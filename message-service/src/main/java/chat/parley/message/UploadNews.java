package chat.parley.message;

import chat.parley.contracts.media.MediaMetadata;
import chat.parley.contracts.media.MediaMetadata.Variant;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * The message shows an upload that it carries as that is now. Another address of the same is no news: addresses
 * expire and are renewed at every reading.
 */
public record UploadNews(long seq, MediaSnapshot upload) implements Alteration {
    @Override
    public Mono<Outcome> alter(Message message, Moment moment) {
        boolean isNews = message
            .attachments()
            .stream()
            .anyMatch(known -> known.id().equals(upload.id()) && !isAlike(known, upload));
        return Mono.just(isNews ? show(message, moment) : Outcome.unchanged(message));
    }

    private Outcome show(Message message, Moment moment) {
        Message renewed = message.renewed(Map.of(upload.id(), upload)).touched(moment.at());
        return Outcome.of(
            renewed,
            new MessageUpdated(
                moment.event(),
                moment.at(),
                null,
                message.room(),
                moment.sealed(renewed),
                List.of()
            )
        );
    }

    private static boolean isAlike(MediaSnapshot one, MediaSnapshot other) {
        return withoutAddresses(one).equals(withoutAddresses(other));
    }

    private static MediaSnapshot withoutAddresses(MediaSnapshot upload) {
        MediaMetadata known = upload.metadata();
        MediaMetadata metadata = new MediaMetadata(
            known.width(),
            known.height(),
            known.durationMs(),
            known.blurhash(),
            known.waveform(),
            known.variants().stream().map(UploadNews::withoutAddress).toList()
        );
        return new MediaSnapshot(
            upload.id(),
            "",
            "",
            upload.name(),
            upload.fileType(),
            upload.fileSize(),
            upload.status(),
            metadata
        );
    }

    private static Variant withoutAddress(Variant variant) {
        return new Variant(
            variant.name(),
            "",
            variant.fileType(),
            variant.width(),
            variant.height(),
            variant.fileSize()
        );
    }
}
