package chat.parley.room.audit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Role;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.audit.Verdict.Fault;
import chat.parley.room.audit.Verdict.Wrong;
import chat.parley.service.security.Secret;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import reactor.core.publisher.Flux;

/** What somebody who can write to the database, and has no key, may try on a log of ten entries. */
@RoomServiceTest
class VerificationStoreTest {

    private static final int ENTRIES = 10;

    @Autowired
    private R2dbcConnectionDetails postgres;

    private Ledger ledger;

    @BeforeEach
    void aLogOfTenEntries() {
        ledger = new Ledger(postgres, "own_audit");
        UserId actor = UserId.random();
        RoomId room = RoomId.random();
        IntStream.range(0, ENTRIES).forEach(i -> ledger.write(deed(actor, room, i)));
        ledger.seal();
    }

    /** Each with every column set. */
    private static Deed deed(UserId actor, RoomId room, int i) {
        return new Deed(
            actor,
            Action.MEMBER_ADDED,
            room,
            UserId.random(),
            Role.MEMBER,
            List.of("field-" + i, "another")
        );
    }

    @Test
    void findsNothingWrongWithALogThatNobodyTouched() {
        ledger.does("UPDATE audit_log SET request_id = request_id");

        Verdict verdict = ledger.verdict();

        assertThat(verdict.isIntact()).isTrue();
        assertThat(verdict.text()).isEqualTo("audit log: 10 entries, intact; head " + ledger.head());
    }

    @Test
    void callsAnEmptyLogIntact() {
        Ledger empty = new Ledger(postgres, "own_empty_audit");

        assertThat(empty.verdict().text()).isEqualTo("audit log: 0 entries, intact");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "id = gen_random_uuid()",
            "at = at + interval '1 microsecond'",
            "actor = gen_random_uuid()",
            "action = 'member_left'",
            "room_id = gen_random_uuid()",
            "member_id = NULL",
            "member_id = gen_random_uuid()",
            "role = 'admin'",
            "role = NULL",
            "fields = fields || ',more'",
            "request_id = 'invented'",
            "request_id = ''",
            // The same characters in other columns.
            "role = role || fields, fields = ''",
            "seal = sha256('a')",
            "seal = ''",
            "mac = sha256('a')",
            "mac = ''",
        }
    )
    void saysWhichEntryWasChangedWhateverItWas(String change) {
        // From the end on: it is the first wrong entry that is told.
        for (int position : List.of(ENTRIES, 4, 1)) {
            ledger.does("UPDATE audit_log SET " + change + " WHERE position = " + position);

            assertThat(ledger.verdict().fault()).isEqualTo(new Fault(position, Wrong.CHANGED));
        }
    }

    @ParameterizedTest
    @CsvSource({ "1, 1", "5, 5", "3, 7" })
    void saysWhichEntryIsMissing(int from, int to) {
        ledger.does("DELETE FROM audit_log WHERE position BETWEEN " + from + " AND " + to);

        assertThat(ledger.verdict().fault()).isEqualTo(new Fault(from, Wrong.MISSING));
        assertThat(ledger.verdict().text()).isEqualTo(
            "audit log: broken at entry " + from + ": it is missing"
        );
    }

    @Test
    void seesALaterEntryMissingBehindAClosedGap() {
        ledger.does("DELETE FROM audit_log WHERE position = 5");
        IntStream.rangeClosed(6, ENTRIES).forEach(position ->
            ledger.does("UPDATE audit_log SET position = position - 1 WHERE position = " + position)
        );

        assertThat(ledger.verdict().fault()).isEqualTo(new Fault(5, Wrong.OUT_OF_ORDER));
    }

    @ParameterizedTest
    @CsvSource({ "10, 10", "8, 8", "1, 1" })
    void saysWhereTheEndWasCutOff(int from, int place) {
        ledger.does("DELETE FROM audit_log WHERE position >= " + from);

        assertThat(ledger.verdict().fault()).isEqualTo(new Fault(place, Wrong.CUT_OFF));
    }

    @ParameterizedTest
    @CsvSource({ "1, 2", "4, 5", "2, 9", "9, 10" })
    void saysWhereEntriesWereExchanged(int one, int other) {
        ledger.does("UPDATE audit_log SET position = 1000 WHERE position = " + one);
        ledger.does("UPDATE audit_log SET position = %d WHERE position = %d".formatted(one, other));
        ledger.does("UPDATE audit_log SET position = %d WHERE position = 1000".formatted(other));

        assertThat(ledger.verdict().fault()).isEqualTo(new Fault(one, Wrong.OUT_OF_ORDER));
    }

    @ParameterizedTest
    @CsvSource({ "1, 2", "4, 5", "2, 9", "9, 10" })
    void saysWhereEntriesWereExchangedBeneathTheirMacs(int one, int other) {
        ledger.does(
            """
            CREATE TABLE %1$s.pair AS SELECT position, mac FROM %1$s.audit_log WHERE position IN (%2$d, %3$d)
            """.formatted("own_audit", one, other)
        );
        ledger.does(
            "UPDATE audit_log SET position = position + 1000 WHERE position IN (%d, %d)".formatted(one, other)
        );
        ledger.does(
            """
            UPDATE audit_log a SET position = p.position, mac = p.mac FROM %s.pair p
            WHERE a.position - 1000 = %d + %d - p.position
            """.formatted("own_audit", one, other)
        );

        assertThat(ledger.verdict().fault()).isEqualTo(new Fault(one, Wrong.OUT_OF_ORDER));
    }

    @Test
    void doesNotTakeAnInventedEntryAtTheEnd() {
        ledger.does(copyOf(3, "11, NULL, sha256('a')"));
        ledger.does("UPDATE audit_head SET position = 11, mac = sha256('a')");

        assertThat(ledger.verdict().fault()).isEqualTo(new Fault(11, Wrong.CHANGED));
    }

    @Test
    void doesNotTakeAnInventedEntryThatTheHeadDoesNotKnow() {
        ledger.does(copyOf(3, "11, NULL, sha256('a')"));

        assertThat(ledger.verdict().fault()).isEqualTo(new Fault(11, Wrong.CHANGED));
    }

    @Test
    void neitherSealsNorAcceptsAnInventedEntryThatWaits() {
        ledger.does(copyOf(3, "NULL, 0, NULL"));

        ledger.seal();

        assertThat(ledger.number("SELECT count(*) FROM audit_log WHERE position IS NULL")).isOne();
        assertThat(ledger.verdict().fault()).isEqualTo(new Fault(11, Wrong.FORGED));
    }

    @Test
    void sealsWhatWaitsBehindInventedEntries() {
        ledger.does(copyOf(3, "NULL, 0, NULL"));
        ledger.does(copyOf(4, "NULL, 0, NULL"));
        ledger.write(deed(UserId.random(), RoomId.random(), 0));

        ledger.sealing(1).run().block(Ledger.PATIENCE);

        assertThat(ledger.head().position()).isEqualTo(ENTRIES + 1);
    }

    /** @param place its position, arrival and mac */
    private static String copyOf(int position, String place) {
        return """
        INSERT INTO audit_log (id, at, actor, action, room_id, member_id, role, fields, request_id, seal,
            position, arrival, mac)
        SELECT gen_random_uuid(), at, actor, action, room_id, member_id, role, fields, request_id, seal, %s
        FROM audit_log WHERE position = %d
        """.formatted(place, position);
    }

    @Test
    void seesAnEntryThatWasMadeToWaitOnceMore() {
        ledger.does("UPDATE audit_log SET position = NULL, mac = NULL, arrival = 1 WHERE position = 6");

        ledger.seal();

        assertThat(ledger.verdict().fault()).isEqualTo(new Fault(6, Wrong.MISSING));
    }

    @ParameterizedTest
    @CsvSource(
        {
            "DELETE FROM audit_head, 0, HEAD_GONE",
            "'UPDATE audit_head SET position = 9', 10, HEAD_CHANGED",
            "UPDATE audit_head SET mac = sha256('a'), 10, HEAD_CHANGED",
            "'UPDATE audit_head SET position = 12', 11, CUT_OFF",
        }
    )
    void seesThatTheHeadWasChanged(String change, int place, Wrong wrong) {
        ledger.does(change);

        assertThat(ledger.verdict().fault()).isEqualTo(new Fault(place, wrong));
    }

    @Test
    void seesACutThatTheHeadWasMadeToFitByWhatSomebodyHasNoted() {
        Checkpoint noted = ledger.head();
        cutToSeven();

        assertThat(ledger.verdict().isIntact()).isTrue();
        assertThat(ledger.verdict(noted).fault()).isEqualTo(new Fault(8, Wrong.CUT_OFF));
    }

    @Test
    void seesThatAnotherStoryIsToldSinceTheCut() {
        Checkpoint noted = ledger.head();
        cutToSeven();
        IntStream.range(0, 5).forEach(i -> ledger.write(deed(UserId.random(), RoomId.random(), i)));
        ledger.seal();

        assertThat(ledger.verdict().isIntact()).isTrue();
        assertThat(ledger.verdict(noted).fault()).isEqualTo(new Fault(10, Wrong.NOT_AS_NOTED));
    }

    @Test
    void keepsToWhatSomebodyHasNotedWhileTheLogGrows() {
        Checkpoint noted = Checkpoint.of(ledger.head().toString());
        ledger.write(deed(UserId.random(), RoomId.random(), 0));
        ledger.seal();

        assertThat(ledger.verdict(noted).isIntact()).isTrue();
    }

    @Test
    void noticesACutAsLongAsAnInstanceRunsThatRemembers() {
        Sealer sealer = ledger.sealer();
        ledger.write(deed(UserId.random(), RoomId.random(), 0));
        sealer.round().block(Ledger.PATIENCE);
        assertThat(sealer.isBroken()).isFalse();

        cutToSeven();
        sealer.round().block(Ledger.PATIENCE);

        assertThat(sealer.isBroken()).isTrue();
    }

    private void cutToSeven() {
        ledger.does("DELETE FROM audit_log WHERE position > 7");
        ledger.does(
            "UPDATE audit_head SET position = 7, mac = (SELECT mac FROM audit_log WHERE position = 7)"
        );
    }

    @Test
    void believesNoLogThatWasSealedWithAnotherKey() {
        AuditKey other = new AuditKey(new Secret("two-secret-0123456789abcdef0123456789"));

        Verdict verdict = new Verification(ledger.entries, other).run(null).block(Ledger.PATIENCE);

        assertThat(verdict.fault()).isEqualTo(new Fault(1, Wrong.CHANGED));
    }

    @Test
    void saysThatEntriesHaveWaitedTooLong() {
        ledger.write(deed(UserId.random(), RoomId.random(), 0));
        Verdict waiting = Verdict.intact(ledger.head(), 1, Duration.ofSeconds(40));

        assertThat(ledger.verdict().waiting()).isOne();
        assertThat(waiting.text()).endsWith("audit log: 1 more wait to be sealed, for 40 s");
    }

    @Test
    void readsTenThousandEntriesInSeconds() {
        UserId actor = UserId.random();
        Flux.range(0, 20)
            .concatMap(_ ->
                ledger
                    .log()
                    .write(
                        IntStream.range(0, 500)
                            .mapToObj(i -> deed(actor, RoomId.random(), i))
                            .toList()
                    )
            )
            .blockLast(Ledger.PATIENCE);
        ledger.seal();

        long start = System.nanoTime();
        Verdict verdict = ledger.verdict();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(verdict.head().position()).isEqualTo(10_000 + ENTRIES);
        assertThat(took).isLessThan(Duration.ofSeconds(10));
        ledger.does("UPDATE audit_log SET role = 'admin' WHERE position = 9876");
        assertThat(ledger.verdict().text()).isEqualTo(
            "audit log: broken at entry 9,876: it has been changed, or was never written by Parley"
        );
    }
}
