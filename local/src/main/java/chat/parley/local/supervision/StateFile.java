package chat.parley.local.supervision;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The supervisor's memory outside itself, from which the other commands and the next supervisor learn what runs. It is
 * replaced as a whole at every change, so whoever reads it, even after the supervisor was killed, reads one true moment.
 */
public final class StateFile {

    private static final String NONE = "-";

    private final Path path;

    public StateFile(Path path) {
        this.path = path;
    }

    /** Empty if there is none, or one that is not ours: then nothing is known to run. */
    public Optional<SuiteState> read() throws IOException {
        try {
            List<String> lines = Files.readAllLines(path);
            return lines.isEmpty() ? Optional.empty() : Optional.of(parse(lines));
        } catch (NoSuchFileException neverStarted) {
            return Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
            return Optional.empty();
        }
    }

    void write(SuiteState state) throws IOException {
        List<String> lines = new ArrayList<>();
        ProcessIdentity supervisor = state.supervisor();
        lines.add(
            line("parley", state.phase().label(), state.port(), supervisor.pid(), supervisor.born(), NONE)
        );
        for (ComponentState component : state.components()) {
            lines.add(
                line(
                    component.name(),
                    component.state().label(),
                    component.port(),
                    component.process().<Object>map(ProcessIdentity::pid).orElse(NONE),
                    component.process().map(ProcessIdentity::born).orElse(NONE),
                    component.tier()
                )
            );
        }
        Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.write(next, lines);
        Files.move(next, path, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private static String line(Object... fields) {
        List<String> words = new ArrayList<>();
        for (Object field : fields) {
            words.add(field.toString());
        }
        return String.join("\t", words);
    }

    private static SuiteState parse(List<String> lines) {
        String[] suite = lines.getFirst().split("\t", -1);
        List<ComponentState> components = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            components.add(component(line.split("\t", -1)));
        }
        return new SuiteState(
            Phase.valueOf(suite[1].toUpperCase(Locale.ROOT)),
            Integer.parseInt(suite[2]),
            new ProcessIdentity(Long.parseLong(suite[3]), suite[4]),
            components
        );
    }

    private static ComponentState component(String[] fields) {
        Optional<ProcessIdentity> process = NONE.equals(fields[3])
            ? Optional.empty()
            : Optional.of(new ProcessIdentity(Long.parseLong(fields[3]), fields[4]));
        State state = State.valueOf(fields[1].toUpperCase(Locale.ROOT));
        return new ComponentState(
            fields[0],
            Integer.parseInt(fields[5]),
            state,
            Integer.parseInt(fields[2]),
            process
        );
    }
}
