package chat.parley.message.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.service.problem.MalformedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        textBlock = """
        # before, after, around, limit, last | from, to, has_before, has_after
        -,   -,  -,  50, 200, 151, 200, true,  false
        -,   -,  -,  50,  30,   1,  30, false, false
        -,   -,  -,  50,   0,   1,   0, false, false
        101, -,  -,  50, 200,  51, 100, true,  true
        1,   -,  -,  50, 200,   1,   0, false, true
        0,   -,  -,  50, 200,   1,  -1, false, true
        999, -,  -,  50, 200, 151, 200, true,  false
        -,   0,  -,  50, 200,   1,  50, false, true
        -, 199,  -,  50, 200, 200, 200, true,  false
        -, 200,  -,  50, 200, 201, 200, true,  false
        -, 999,  -,  50, 200, 201, 200, true,  false
        -,   -, 100, 50, 200,  75, 124, true,  true
        -,   -,   1, 50, 200,   1,  50, false, true
        -,   -, 200, 50, 200, 151, 200, true,  false
        -,   -, 999, 50, 200, 151, 200, true,  false
        -,   -,   3, 50,   5,   1,   5, false, false
        -,   -,   7,  1,  10,   7,   7, true,  true
        -,   -,   7,  3,  10,   6,   8, true,  true
        -,   -,   5, 50,   0,   1,   0, false, false
        """
    )
    void showsTheRightPart(
        @Nullable Long before,
        @Nullable Long after,
        @Nullable Long around,
        int limit,
        long last,
        long from,
        long to,
        boolean hasBefore,
        boolean hasAfter
    ) {
        var range = Window.of(before, after, around, limit).in(last);

        assertThat(range.from()).as("from").isEqualTo(from);
        assertThat(range.to()).as("to").isEqualTo(to);
        assertThat(range.hasBefore()).as("has_before").isEqualTo(hasBefore);
        assertThat(range.hasAfter()).as("has_after").isEqualTo(hasAfter);
    }

    @Test
    void survivesTheLargestNumbers() {
        assertThat(Window.of(null, Long.MAX_VALUE, null, 100).in(7)).isEqualTo(new Window.Range(8, 7, 7));
        assertThat(Window.of(null, null, Long.MAX_VALUE, 100).in(7)).isEqualTo(new Window.Range(1, 7, 7));
        assertThat(Window.of(Long.MAX_VALUE, null, null, 100).in(7)).isEqualTo(new Window.Range(1, 7, 7));
    }

    @Test
    void refusesMoreThanOnePlaceAndPlacesThatCannotBe() {
        assertRefused(1L, 2L, null, 5);
        assertRefused(null, 2L, 3L, 5);
        assertRefused(-1L, null, null, 5);
        assertRefused(null, null, null, 0);
    }

    private static void assertRefused(
        @Nullable Long before,
        @Nullable Long after,
        @Nullable Long around,
        int limit
    ) {
        assertThatExceptionOfType(MalformedRequest.class).isThrownBy(() ->
            Window.of(before, after, around, limit)
        );
    }
}
