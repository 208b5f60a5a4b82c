package chat.parley.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.local.supervision.StartFailure;
import org.junit.jupiter.api.Test;

class JavaCommandTest {

    @Test
    void isSmallUnlessSomebodyWantsItOtherwise() {
        assertThat(JavaCommand.options(null))
            .isEqualTo(JavaCommand.options("small"))
            .contains("-XX:TieredStopAtLevel=1", "-Xmx192m", "-Dspring.profiles.active=local");
        assertThat(JavaCommand.options("server"))
            .contains("-Xmx384m", "-Dspring.profiles.active=local")
            .doesNotContain("-XX:TieredStopAtLevel=1");
        assertThatThrownBy(() -> JavaCommand.options("huge"))
            .isInstanceOf(StartFailure.class)
            .hasMessage("PARLEY_JVM is small or server, not huge");
    }
}
