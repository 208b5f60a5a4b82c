package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("systemHasSessions")
class OwnSessionTest {

    /** Fields of /proc/PID/stat after the command's closing parenthesis: proc(5) counts state as 3, session as 6. */
    private static final int SESSION = 3;

    static boolean systemHasSessions() {
        return Files.isExecutable(Path.of("/usr/bin/setsid")) && Files.exists(Path.of("/proc/self/stat"));
    }

    @Test
    void theProcessItselfLeadsASessionThatIsNotOurs() throws Exception {
        Process process = new ProcessBuilder(OwnSession.of(List.of("cat", "/proc/self/stat"))).start();
        String stat = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stat).startsWith(process.pid() + " (cat)");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        assertThat(Long.parseLong(fields[SESSION])).isEqualTo(process.pid());
    }
}
