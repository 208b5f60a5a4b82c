package chat.parley.room.membership;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.room.Multitude;
import chat.parley.room.RoomFailure.LastAdmin;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.Transactions;
import chat.parley.service.paging.Page;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What a room of ten thousand members costs. */
@RoomServiceTest
class MembersAtScaleStoreTest {

    @Autowired
    private R2dbcConnectionDetails postgres;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Transactions transactions;

    @Autowired
    private MemberList list;

    @Autowired
    private Roles roles;

    private Multitude multitude;

    @BeforeEach
    void manyMembers() {
        multitude = Multitude.in(postgres, database, transactions);
    }

    @Test
    void pagesThroughThemAllWithoutReadingAnybodyTwice() {
        String cursor = null;
        int found = 0;
        do {
            var page = multitude.ask(members(null, cursor));
            assertThat(page.effort().scanned()).as("%s", page.effort()).isZero();
            assertThat(page.effort().lookedUp()).as("%s", page.effort()).isLessThanOrEqualTo(2 * 101 + 10);
            found += page.value().data().size();
            cursor = page.value().nextCursor();
        } while (cursor != null);

        assertThat(found).isEqualTo(Multitude.MEMBERS);
    }

    /** A common word is met soon, a rare one costs what it is rare: never a table. */
    @ParameterizedTest
    @CsvSource(
        {
            "user7777,1,2200",
            "user77,1,5000",
            "surname17,10,14000",
            "bert,100,3000",
            "b,100,3000",
            "insider,100,500",
            "outsider,0,45000",
            "nobody,0,2100",
        }
    )
    void findsThemByIndex(String typed, int expected, int most) {
        var found = multitude.ask(members(typed, null));

        assertThat(found.value().data()).hasSizeGreaterThanOrEqualTo(expected);
        assertThat(found.effort().scanned()).as("%s", found.effort()).isZero();
        assertThat(found.effort().lookedUp()).as("%s", found.effort()).isLessThanOrEqualTo(most);
    }

    @Test
    void knowsTheLastAdminWithoutAskingTenThousand() {
        var refused = multitude.ask(
            roles
                .change(
                    Multitude.user(1),
                    Multitude.BIG,
                    new Roles.Wanted(Multitude.user(1), Role.MEMBER),
                    null
                )
                .map(_ -> "changed")
                .onErrorResume(LastAdmin.class, _ -> Mono.just("refused"))
        );

        assertThat(refused.value()).isEqualTo("refused");
        assertThat(refused.effort().scanned()).as("%s", refused.effort()).isZero();
        assertThat(refused.effort().lookedUp()).as("%s", refused.effort()).isLessThanOrEqualTo(10);
    }

    private Mono<Page<MemberSnapshot>> members(@Nullable String typed, @Nullable String cursor) {
        return list.page(Multitude.user(1), Multitude.BIG, new MemberList.Question(typed, cursor, 100));
    }
}
