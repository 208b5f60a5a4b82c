package chat.parley.message.search;

import chat.parley.contracts.message.MessageSnapshot;
import java.util.List;

/**
 * What the answer says of a message that was found.
 *
 * @param highlights HTML, of which only the {@code <mark>} is markup
 */
record FoundMessage(MessageSnapshot message, List<String> highlights) {
    FoundMessage {
        highlights = List.copyOf(highlights);
    }
}
