package chat.parley.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessTimeTest {

    @Test
    void addsUserAndSystemTimeAndThoseOfEndedChildrenWhateverTheProgramIsCalled() {
        String stat =
            "42 (a) name (x) S 1 42 42 0 -1 4194560 100 200 0 0 250 50 70 30 20 0 30 0 12345 1000 200";

        assertThat(ProcessTime.parse(stat)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void countsChildrenWhileTheyRun() throws Exception {
        Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (ProcessTime.of(busy.pid()).isZero()) {
                assertThat(System.nanoTime()).isLessThan(end);
            }

            long self = ProcessHandle.current().pid();
            Duration alone = ProcessTime.of(self);

            assertThat(ProcessTime.ofTree(self)).isGreaterThan(alone);
        } finally {
            busy.destroyForcibly().waitFor();
        }
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
