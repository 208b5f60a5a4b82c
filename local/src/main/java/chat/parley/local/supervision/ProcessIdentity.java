package chat.parley.local.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid its number, which the system gives to another process once this one is gone
 * @param born when it was started, by a clock that nobody sets: on Linux the boot and the ticks since, elsewhere the
 *     start's instant
 */
public record ProcessIdentity(long pid, String born) {
    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT_ID = PROC.resolve("sys/kernel/random/boot_id");

    /** Fields of /proc/PID/stat after the command's closing parenthesis: proc(5) counts state as 3, starttime as 22. */
    private static final int STATE = 0;

    private static final int START_TIME = 19;

    public static ProcessIdentity ofThisProcess() {
        return of(ProcessHandle.current()).orElseThrow();
    }

    /** Empty if the process is gone already. */
    public static Optional<ProcessIdentity> of(ProcessHandle process) {
        return birth(process).map(born -> new ProcessIdentity(process.pid(), born));
    }

    /** The process, if it still runs and is the same one. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(process -> birth(process).filter(born::equals).isPresent());
    }

    private static Optional<String> birth(ProcessHandle process) {
        return Files.exists(BOOT_ID) ? birthOnLinux(process.pid()) : birthElsewhere(process);
    }

    private static Optional<String> birthOnLinux(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            // A zombie has ended; its parent, often a container's first process, just never asked how.
            if ("Z".equals(fields[STATE]) || "X".equals(fields[STATE])) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(BOOT_ID).strip() + ":" + fields[START_TIME]);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Optional<String> birthElsewhere(ProcessHandle process) {
        return process
            .info()
            .startInstant()
            .filter(start -> process.isAlive())
            .map(start -> Long.toString(start.toEpochMilli()));
    }
}
