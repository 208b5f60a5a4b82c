package chat.parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.local.Command.Contents;
import chat.parley.local.Command.Manner;
import chat.parley.local.supervision.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

    private static final Path USUAL = Path.of("/suite/.parley");

    @Test
    void takesTheUsualValuesForWhatIsNotSaid() {
        assertThat(parse("up")).isEqualTo(new Command.Up(USUAL, 8080, Contents.KEPT, Manner.FOREGROUND));
        assertThat(parse("down")).isEqualTo(new Command.Down(USUAL));
        assertThat(parse("status")).isEqualTo(new Command.Status(USUAL));
        assertThat(parse("logs")).isEqualTo(new Command.Logs(USUAL, Optional.empty()));
    }

    @Test
    void takesOptionsInAnyOrderAndBothSpellings() {
        var wanted = new Command.Up(Path.of("/elsewhere"), 9000, Contents.FRESH, Manner.DETACHED);

        assertThat(parse("up", "--detach", "--port", "9000", "--fresh", "--data", "/elsewhere")).isEqualTo(
            wanted
        );
        assertThat(parse("up", "--data=/elsewhere", "--fresh", "--detach", "--port=9000")).isEqualTo(wanted);
    }

    @Test
    void takesTheNameOfALogAndAFolderForEveryCommand() {
        var folder = Path.of("/elsewhere");

        assertThat(parse("logs", "gateway", "--data", "/elsewhere")).isEqualTo(
            new Command.Logs(folder, Optional.of("gateway"))
        );
        assertThat(parse("down", "--data", "/elsewhere")).isEqualTo(new Command.Down(folder));
        assertThat(parse("status", "--data", "/elsewhere")).isEqualTo(new Command.Status(folder));
    }

    @Test
    void leavesTheWordsOfTheAuditToItsProgram() {
        assertThat(parse("audit", "verify")).isEqualTo(new Command.Audit(USUAL, List.of("verify")));
        assertThat(parse("audit", "show", "--limit=9", "--data", "/elsewhere", "--room", "r")).isEqualTo(
            new Command.Audit(Path.of("/elsewhere"), List.of("show", "--limit", "9", "--room", "r"))
        );
    }

    @ParameterizedTest
    @CsvSource(
        textBlock = """
        up --prot 9000,          There is no option --prot
        up --port,               --port wants a value after it
        up --port=,              --port wants a value after it
        up --port eighty,        '--port wants a number from 1 to 65535, not eighty'
        up --port 0,             '--port wants a number from 1 to 65535, not 0'
        up --port 65536,         '--port wants a number from 1 to 65535, not 65536'
        up now,                  What does now mean here? See ./parley help
        logs gateway kafka,      What does kafka mean here? See ./parley help
        down --fresh,            '--port, --fresh and --detach belong to up'
        dance,                   There is no command dance
        """
    )
    void refusesWhatItDoesNotUnderstandAndNamesIt(String words, String line) {
        assertThatThrownBy(() -> parse(words.split(" ")))
            .isInstanceOf(StartFailure.class)
            .hasMessage(line);
    }

    private static Command parse(String... words) {
        return Command.parse(List.of(words), USUAL);
    }
}
