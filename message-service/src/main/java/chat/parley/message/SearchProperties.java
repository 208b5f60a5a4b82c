package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.message.words.Language;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How messages are found.
 *
 * @param language whose endings are taken off words, in rooms that have no language of their own
 * @param roomLanguages the same for rooms that have a language of their own, by their ids
 * @param pages how many pages one request may read; then it answers with what it has and says where to go on
 * @param time how long it may take, likewise
 * @param rooms in so many rooms at once can be searched
 */
@ConfigurationProperties("parley.search")
public record SearchProperties(
    @DefaultValue("english") String language,
    @DefaultValue Map<String, String> roomLanguages,
    @DefaultValue("128") int pages,
    @DefaultValue("1500ms") Duration time,
    @DefaultValue("2000") int rooms
) {
    public SearchProperties {
        roomLanguages = Map.copyOf(roomLanguages);
        Stream.concat(Stream.of(language), roomLanguages.values().stream()).forEach(SearchProperties::known);
        roomLanguages.keySet().forEach(RoomId::of);
        if (pages < 1 || rooms < 1) {
            throw new IllegalArgumentException("parley.search needs limits above zero");
        }
    }

    private static Language known(String name) {
        return Language.named(name).orElseThrow(() ->
            new IllegalArgumentException("parley.search knows no language " + name)
        );
    }

    Language spoken() {
        return known(language);
    }

    Map<RoomId, Language> spokenInRooms() {
        return roomLanguages
            .entrySet()
            .stream()
            .collect(Collectors.toMap(room -> RoomId.of(room.getKey()), room -> known(room.getValue())));
    }
}
