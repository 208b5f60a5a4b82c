package chat.parley.gateway.info;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** What clients are told about this installation; the services hold the same limits. */
@Validated
@ConfigurationProperties("parley.client")
public record ClientSettings(
    @DefaultValue @Valid Realtime realtime,
    @DefaultValue @Valid Limits limits,
    @DefaultValue @Valid Media media
) {
    /**
     * @param key the chat's app of the Pusher protocol
     * @param path what stands before {@code /app/{key}} in the socket's address: pusher-js's {@code wsPath}
     */
    public record Realtime(
        @DefaultValue("parley-key") @NotEmpty String key,
        @DefaultValue("") @NotNull String path
    ) {}

    /**
     * @param messageLength characters of a message's content
     * @param roomNameLength characters of a room's name
     * @param pageSize the most items of a page
     */
    public record Limits(
        @DefaultValue("8000") @Positive int messageLength,
        @DefaultValue("80") @Positive int roomNameLength,
        @DefaultValue("100") @Positive int pageSize
    ) {}

    /**
     * @param maxFileSize of one upload
     * @param inlineTypes the media types that are shown in place; others are offered for download
     */
    public record Media(
        @DefaultValue("100MB") @NotNull DataSize maxFileSize,
        @DefaultValue({ "image/*", "audio/*", "video/*" }) List<String> inlineTypes
    ) {
        public Media {
            inlineTypes = List.copyOf(inlineTypes);
        }
    }
}
