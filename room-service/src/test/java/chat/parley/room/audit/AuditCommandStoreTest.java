package chat.parley.room.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Role;
import chat.parley.room.RoomServiceTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/** What the program says, and with which exit code. */
@RoomServiceTest
class AuditCommandStoreTest {

    private final UserId actor = UserId.random();
    private final UserId member = UserId.random();
    private final RoomId room = RoomId.random();

    @Autowired
    private R2dbcConnectionDetails postgres;

    private Ledger ledger;

    @BeforeEach
    void aLogOfThreeEntries() {
        ledger = new Ledger(postgres, "own_command");
        ledger.write(
            new Deed(actor, Action.ROOM_CREATED, room, null, null, List.of()),
            new Deed(actor, Action.MEMBER_ADDED, room, member, Role.MEMBER, List.of())
        );
        ledger.write(new Deed(actor, Action.ROOM_DELETED, RoomId.random(), null, null, List.of()));
        ledger.seal();
    }

    @Test
    void succeedsOnAnIntactLogOnly() {
        assertThat(run("verify")).isEqualTo(
            new Said(0, List.of("audit log: 3 entries, intact; head " + ledger.head()))
        );
        assertThat(run("verify", "--expect", ledger.head().toString()).exitCode()).isZero();

        ledger.does("DELETE FROM audit_log WHERE position = 2");

        assertThat(run("verify")).isEqualTo(
            new Said(1, List.of("audit log: broken at entry 2: it is missing"))
        );
    }

    @Test
    void showsTheNewestEntriesFirst() {
        Said all = run("show");
        Said one = run("show", "--limit", "1");
        Said ofRoom = run("show", "--room", room.toString());

        assertThat(all.exitCode()).isZero();
        assertThat(all.lines()).hasSize(3).element(0).asString().startsWith("3 ").contains(" room_deleted ");
        assertThat(one.lines()).isEqualTo(all.lines().subList(0, 1));
        assertThat(ofRoom.lines()).isEqualTo(all.lines().subList(1, 3));
        assertThat(ofRoom.lines().getFirst()).endsWith(
            " member_added room=%s by=%s member=%s role=member".formatted(room, actor, member)
        );
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "burn",
            "verify now",
            "verify --expect",
            "verify --expect 3",
            "show --limit 0",
            "show --limit 10001",
            "show --limit many",
            "show --room",
            "show --room 1-1-1-1-1",
            "show --expect 3",
        }
    )
    void refusesWhatItDoesNotUnderstand(String words) {
        assertThatIllegalArgumentException().isThrownBy(() -> AuditRequest.of(List.of(words.split(" "))));
    }

    private record Said(int exitCode, List<String> lines) {}

    private Said run(String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        AuditCommand command = new AuditCommand(
            ledger.entries,
            new Verification(ledger.entries, ledger.key),
            out
        );
        int exitCode = command.run(AuditRequest.of(List.of(words)));
        return new Said(exitCode, bytes.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
