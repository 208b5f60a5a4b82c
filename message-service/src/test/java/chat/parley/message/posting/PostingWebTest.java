package chat.parley.message.posting;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.message.MessageWebTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostingWebTest extends MessageWebTest {

    @Test
    void storesAMessageAtTheEndOfItsRoom() {
        var first = posted(anna, "naïve <script> ☕\n\ttab");
        var second = posted(bert, "hi");

        assertThat(first.get("seq").asLong()).isEqualTo(1);
        assertThat(first.get("content").asString()).isEqualTo("naïve <script> ☕\n\ttab");
        assertThat(second.get("seq").asLong()).isEqualTo(2);
        assertThat(json(get(anna, "/api/chat/rooms/{room}/messages", room)).get("data")).containsExactly(
            first,
            second
        );
    }
}
