package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Messages that lie in the archive are found, read and changed like all others. */
class ArchivedPagesWebTest extends MessageWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String word = "w" + UUID.randomUUID().toString().replaceAll("[^a-f]", "x");

    @Autowired
    private Archive archive;

    @Autowired
    private Pages pages;

    @Test
    void areFoundBeforeAndAfterTheyAreChanged() {
        var old = posted(anna, "this one says " + word);
        for (int i = 1; i <= PageId.SIZE; i++) {
            posted(bert, "and this one says nothing, " + i);
        }
        var young = posted(anna, "so does this: " + word);
        archiveFirstPage();

        assertThat(
            search()
                .get("data")
                .valueStream()
                .map(found -> found.get("message"))
        ).containsExactly(young, old);
        assertThat(search().get("data").get(1).get("highlights").get(0).asString()).isEqualTo(
            "this one says <mark>" + word + "</mark>"
        );
        assertThat(isArchived()).isTrue();

        as(anna)
            .put()
            .uri("/api/chat/messages/{id}", old.get("id").asString())
            .bodyValue(Map.of("content", word + " no more"))
            .exchange()
            .expectStatus()
            .isOk();
        assertThat(isArchived()).isFalse();
        assertThat(search().get("data").get(1).get("message").get("content").asString()).isEqualTo(
            word + " no more"
        );

        archiveFirstPage();
        as(anna)
            .delete()
            .uri("/api/chat/messages/{id}", old.get("id").asString())
            .exchange()
            .expectStatus()
            .isNoContent();
        assertThat(
            search()
                .get("data")
                .valueStream()
                .map(found -> found.get("message"))
        ).containsExactly(young);
    }

    private JsonNode search() {
        return json(get(anna, "/api/chat/search?q={word}&room_id={room}", word, room).expectStatus().isOk());
    }

    private void archiveFirstPage() {
        await()
            .atMost(PATIENCE)
            .until(() -> {
                var page = document();
                return (
                    ArchivedPage.isOne(page) ||
                    (ArchivedPage.canBeMadeOf(page) && archive.add(page).block(PATIENCE))
                );
            });
    }

    private boolean isArchived() {
        return ArchivedPage.isOne(document());
    }

    private Document document() {
        return pages.document(new PageId(room, 0)).block(PATIENCE);
    }
}
