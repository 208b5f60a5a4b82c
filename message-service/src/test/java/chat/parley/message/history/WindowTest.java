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
        # before, after, around, limit, first, last | from, to, has_after
        -, -, -, 50, 1, 200, 151, 200, false
        -, -, -, 50, 1, 30, 1, 30, false
        -, -, -, 50, 1, 0, 1, 0, false
        101, -, -, 50, 1, 200, 51, 100, true
        1, -, -, 50, 1, 200, 1, 0, true
        0, -, -, 50, 1, 200, 1, -1, true
        999, -, -, 50, 1, 200, 151, 200, false
        -, 0, -, 50, 1, 200, 1, 50, true
        -, 199, -, 50, 1, 200, 200, 200, false
        -, 200, -, 50, 1, 200, 201, 200, false
        -, 999, -, 50, 1, 200, 201, 200, false
        -, -, 100, 50, 1, 200, 75, 124, true
        -, -, 1, 50, 1, 200, 1, 50, true
        -, -, 200, 50, 1, 200, 151, 200, false
        -, -, 999, 50, 1, 200, 151, 200, false
        -, -, 3, 50, 1, 5, 1, 5, false
        -, -, 7, 1, 1, 10, 7, 7, true
        -, -, 7, 3, 1, 10, 6, 8, true
        -, -, 5, 50, 1, 0, 1, 0, false
        -, -, -, 50, 81, 200, 151, 200, false
        -, -, -, 50, 181, 200, 181, 200, false
        101, -, -, 50, 81, 200, 81, 100, true
        81, -, -, 50, 81, 200, 81, 80, true
        20, -, -, 50, 81, 200, 81, 19, true
        -, 0, -, 50, 81, 200, 81, 130, true
        -, 10, -, 50, 81, 200, 81, 130, true
        -, 100, -, 50, 81, 200, 101, 150, true
        -, -, 10, 50, 81, 200, 81, 130, true
        -, -, 90, 50, 81, 200, 81, 130, true
        -, -, 150, 50, 81, 200, 125, 174, true
        -, -, -, 50, 201, 200, 201, 200, false
        -, 0, -, 50, 201, 200, 201, 200, false
        -, -, 10, 50, 201, 200, 201, 200, false
        """
    )
    void showsTheRightPart(
        @Nullable Long before,
        @Nullable Long after,
        @Nullable Long around,
        int limit,
        long first,
        long last,
        long from,
        long to,
        boolean hasAfter
    ) {
        var range = Window.of(before, after, around, limit).in(first, last);

        assertThat(range.from()).as("from").isEqualTo(from);
        assertThat(range.to()).as("to").isEqualTo(to);
        assertThat(range.hasAfter()).as("has_after").isEqualTo(hasAfter);
    }

    @Test
    void survivesTheLargestNumbers() {
        assertThat(Window.of(null, Long.MAX_VALUE, null, 100).in(1, 7)).isEqualTo(new Window.Range(8, 7, 7));
        assertThat(Window.of(null, null, Long.MAX_VALUE, 100).in(1, 7)).isEqualTo(new Window.Range(1, 7, 7));
        assertThat(Window.of(Long.MAX_VALUE, null, null, 100).in(1, 7)).isEqualTo(new Window.Range(1, 7, 7));
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
