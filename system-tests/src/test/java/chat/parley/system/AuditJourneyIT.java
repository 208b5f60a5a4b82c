package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The audit log of the running suite, from its command line. */
@WithParley
class AuditJourneyIT {

    private final Parley parley;

    AuditJourneyIT(Parley parley) {
        this.parley = parley;
    }

    @Test
    void holdsWhatWasDoneAndIsIntact() {
        Person anna = Person.signUp(parley, "Anna");
        Room room = anna.creates("garden");

        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> linesOf(room).size() == 2);
        Parley.Outcome verdict = parley.audit("verify");

        assertThat(linesOf(room).getFirst()).contains(" member_joined ", "member=" + anna.id(), "role=admin");
        assertThat(linesOf(room).getLast()).contains(" room_created ", "by=" + anna.id());
        assertThat(verdict.output().strip()).matches(
            "audit log: [\\d,]+ entries, intact; head \\d+:[0-9a-f]{64}"
        );
        assertThat(verdict.exitCode()).isZero();
    }

    @Test
    void missesWhatWasNotedAndIsNotThere() {
        Parley.Outcome verdict = parley.audit("verify", "--expect", "99999999:" + "0".repeat(64));

        assertThat(verdict.output()).startsWith("audit log: broken at entry ");
        assertThat(verdict.exitCode()).isOne();
    }

    private List<String> linesOf(Room room) {
        return parley.audit("show", "--room", room.id()).output().lines().toList();
    }
}
