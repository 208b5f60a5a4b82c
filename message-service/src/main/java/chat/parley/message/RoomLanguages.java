package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.message.words.Language;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whose endings are taken off the words of which room. */
@Component
public final class RoomLanguages {

    private final Language otherwise;
    private final Map<RoomId, Language> own;

    RoomLanguages(SearchProperties properties) {
        this.otherwise = properties.spoken();
        this.own = properties.spokenInRooms();
    }

    public Language of(RoomId room) {
        return own.getOrDefault(room, otherwise);
    }
}
