package chat.parley.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessTimeTest {

    @Test
    void addsUserAndSystemTimeWhateverTheProgramIsCalled() {
        String stat =
            "42 (a) name (x) S 1 42 42 0 -1 4194560 100 200 0 0 250 50 7 9 20 0 30 0 12345 1000 200";

        assertThat(ProcessTime.parse(stat)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void growsAsTheProcessWorks() throws Exception {
        long pid = ProcessHandle.current().pid();
        Duration before = ProcessTime.of(pid);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();

        while (ProcessTime.of(pid).equals(before)) {
            assertThat(System.nanoTime()).isLessThan(end);
        }

        assertThat(ProcessTime.of(pid)).isGreaterThan(before);
    }
}
