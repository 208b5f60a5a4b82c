package chat.parley.room.listing;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.room.Multitude;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.RoomView;
import chat.parley.room.Transactions;
import chat.parley.service.paging.Page;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.r2dbc.core.DatabaseClient;

/** What the lists of rooms cost where there are many rooms. */
@RoomServiceTest
class ListsAtScaleStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private R2dbcConnectionDetails postgres;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Transactions transactions;

    @Autowired
    private OwnRooms own;

    @Autowired
    private PublicRooms open;

    private Multitude multitude;

    @BeforeEach
    void manyRooms() {
        multitude = Multitude.in(postgres, database, transactions);
    }

    @Test
    void asksThePlannerForAPlanOfItsOwnEachTime() {
        var setting = database
            .sql("SELECT current_setting('plan_cache_mode') || ' ' || current_setting('random_page_cost')")
            .map(row -> row.get(0, String.class))
            .one();

        assertThat(setting.block(PATIENCE)).isEqualTo("force_custom_plan 1.1");
    }

    @Test
    void readsEachOfSomebodysRoomsOnce() {
        var busy = multitude.ask(own.page(Multitude.BUSY, null, 100));
        var quiet = multitude.ask(own.page(Multitude.QUIET, null, 100));

        assertThat(busy.value().data()).hasSize(100);
        assertThat(busy.effort().scanned()).as("%s", busy.effort()).isZero();
        assertThat(busy.effort().lookedUp()).as("%s", busy.effort()).isLessThanOrEqualTo(2 * 510);
        assertThat(quiet.effort().scanned()).as("%s", quiet.effort()).isZero();
        assertThat(quiet.effort().lookedUp()).as("%s", quiet.effort()).isLessThanOrEqualTo(2 * 15);
    }

    @Test
    void givesAllOfSomebodysRoomsPageByPage() {
        int found = 0;
        String cursor = null;
        do {
            String next = cursor;
            Page<RoomView> page = multitude.ask(own.page(Multitude.BUSY, next, 100)).value();
            found += page.data().size();
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(found).isBetween(500, 510);
    }

    /** The next thousand, and twice as many as there are of the rooms that are called so. */
    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
            "-,100",
            "room,1000",
            "number1777,1050",
            "topic33,2000",
            "nowhere,1010",
            "number177 topic277,1050",
        }
    )
    void readsOfPublicRoomsLittleMoreThanItShows(@Nullable String typed, int most) {
        for (UserId user : new UserId[] { Multitude.BUSY, Multitude.QUIET }) {
            // Somebody's own rooms are left out, and the busy one's are the first 500 of the list.
            long limit = most + (user.equals(Multitude.BUSY) ? 1_100 : 20);
            var first = multitude.ask(open.page(user, typed, null, 50));
            assertThat(first.effort().scanned()).as("%s", first.effort()).isZero();
            assertThat(first.effort().lookedUp()).as("%s", first.effort()).isLessThanOrEqualTo(limit);

            var second = multitude.ask(open.page(user, typed, first.value().nextCursor(), 50));
            assertThat(second.effort().scanned()).as("%s", second.effort()).isZero();
            assertThat(second.effort().lookedUp()).as("%s", second.effort()).isLessThanOrEqualTo(limit);
        }
    }
}
