package chat.parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.local.Command.Contents;
import chat.parley.local.Command.KeysAction;
import chat.parley.local.Command.Manner;
import chat.parley.local.files.Keysets.Kind;
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

    @Test
    void takesWhatBecomesOfAKeyset() {
        var own = new Command.WhichKeyset(Kind.MESSAGES, Optional.empty(), Optional.empty());
        var wrapped = new Command.WhichKeyset(
            Kind.SEARCH,
            Optional.of(Path.of("/k.json")),
            Optional.of("aws-kms://arn")
        );

        assertThat(parse("keys")).isEqualTo(
            new Command.Keys(USUAL, KeysAction.LIST, own, Optional.empty(), false)
        );
        assertThat(parse("keys", "drop", "17", "--force", "--data=/elsewhere")).isEqualTo(
            new Command.Keys(Path.of("/elsewhere"), KeysAction.DROP, own, Optional.of("17"), true)
        );
        assertThat(
            parse("keys", "add", "--search", "--keyset", "/k.json", "--kms", "aws-kms://arn")
        ).isEqualTo(new Command.Keys(USUAL, KeysAction.ADD, wrapped, Optional.empty(), false));
    }

    @ParameterizedTest
    @CsvSource(
        textBlock = """
        keys turn,               'keys can list, add, promote, drop and new, not turn'
        keys add 17,             What does 17 mean here? See ./parley help
        keys add --kms k,        --kms says what wraps the keyset that --keyset names
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
