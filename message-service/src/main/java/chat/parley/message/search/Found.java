package chat.parley.message.search;

import chat.parley.message.Message;
import chat.parley.message.Page;
import java.util.List;

/** A message that was found, and where in it. */
record Found(Message message, Page page, List<Span> spans) {
    List<String> highlights() {
        return Highlights.of(message.content(), spans);
    }
}
