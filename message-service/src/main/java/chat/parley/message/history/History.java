package chat.parley.message.history;

import chat.parley.contracts.message.MessageSnapshot;
import java.util.List;

/**
 * A part of a room's history.
 *
 * @param data in the order of seq
 * @param hasBefore whether the room has messages before these
 * @param hasAfter whether it has messages after these
 */
record History(List<MessageSnapshot> data, boolean hasBefore, boolean hasAfter) {
    History {
        data = List.copyOf(data);
    }
}
