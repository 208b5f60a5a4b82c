package chat.parley.service.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.service.problem.MalformedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void comesBackAsItWasGiven() {
        Cursor cursor = Cursor.of("2026-11-22T10:00:00.000Z", "Zoë");

        assertThat(Cursor.parse(cursor.toString(), 2)).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "%%%", "YQ", "YQpiCmM", "\u0000" })
    void isRefusedWhenItIsNotOneOfThisLists(String text) {
        assertThatExceptionOfType(MalformedRequest.class).isThrownBy(() -> Cursor.parse(text, 2));
    }

    @Test
    void standsOnlyWhereMoreFollows() {
        assertThat(Page.of(List.of(1, 2), 2, row -> Cursor.of("" + row)).nextCursor()).isNull();

        Page<Integer> page = Page.of(List.of(1, 2, 3), 2, row -> Cursor.of("" + row));

        assertThat(page.data()).containsExactly(1, 2);
        assertThat(page.nextCursor()).isEqualTo(Cursor.of("2").toString());
    }
}
