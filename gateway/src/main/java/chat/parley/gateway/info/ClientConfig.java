package chat.parley.gateway.info;

import java.util.List;

/** The answer of {@code GET /api/config}. */
record ClientConfig(Realtime realtime, Limits limits, Media media) {
    record Realtime(String key, String path) {}

    record Limits(int messageLength, int roomNameLength, int pageSize) {}

    /**
     * @param maxFileSize in bytes
     */
    record Media(long maxFileSize, List<String> inlineTypes) {}

    static ClientConfig from(ClientSettings settings) {
        ClientSettings.Limits limits = settings.limits();
        return new ClientConfig(
            new Realtime(settings.realtime().key(), settings.realtime().path()),
            new Limits(limits.messageLength(), limits.roomNameLength(), limits.pageSize()),
            new Media(settings.media().maxFileSize().toBytes(), settings.media().inlineTypes())
        );
    }
}
