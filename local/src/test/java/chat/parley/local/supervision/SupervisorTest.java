package chat.parley.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private final RecordedProgress progress = new RecordedProgress();
    private StateFile file;
    private Supervisor supervisor;

    @BeforeEach
    void chooseFile(@TempDir Path folder) {
        file = new StateFile(folder.resolve("state"));
    }

    @AfterEach
    void stop() {
        supervisor.stop();
    }

    @Test
    void startsTheSecondTierWhenTheFirstIsUp() throws IOException {
        supervise(List.of(ShellComponent.lasting("store")), List.of(ShellComponent.lasting("service")));

        supervisor.start();

        assertThat(progress.states("store")).containsExactly(State.STARTING, State.UP);
        assertThat(recorded("service").state()).isEqualTo(State.UP);
        assertThat(recorded("service").process().flatMap(ProcessIdentity::find)).isPresent();
        assertThat(recorded("service").tier()).isEqualTo(1);
    }

    @Test
    void bringsBackAComponentThatWasKilled() throws Exception {
        supervise(List.of(ShellComponent.lasting("service")));
        supervisor.start();
        ProcessHandle first = process("service");

        first.destroyForcibly();
        progress.await(seen -> seen.count("service", State.UP) == 2);

        assertThat(process("service").pid()).isNotEqualTo(first.pid());
        assertThat(progress.sentences()).containsExactly(
            "service stopped (exit code 137); starting it again in 0.0 s"
        );
    }

    @Test
    void pausesLongerEachTimeBeforeStartingWhatKeepsDying() throws Exception {
        var dying = ShellComponent.running("service", "exec sleep 0.3");
        supervise(List.of(dying));
        supervisor.start();

        progress.await(seen -> seen.sentences().size() == 5);

        assertThat(progress.sentences())
            .extracting(sentence -> sentence.replaceFirst(".* in ", ""))
            .containsExactly("0.0 s", "0.1 s", "0.2 s", "0.3 s", "0.3 s");
    }

    @Test
    void saysWhichComponentCannotBecomeReadyWithoutWaitingForTheOthers() throws IOException {
        supervise(List.of(ShellComponent.neverReady("broken", "exit 3"), ShellComponent.lasting("fine")));

        assertThatThrownBy(supervisor::start)
            .isInstanceOfSatisfying(ComponentFailed.class, failed ->
                assertThat(failed.component().name()).isEqualTo("broken")
            )
            .hasMessage("broken stopped (exit code 3) before it was ready");
    }

    @Test
    void leavesNoProcessWhenItStops() throws IOException {
        supervise(List.of(ShellComponent.lasting("store")), List.of(ShellComponent.lasting("service")));
        supervisor.start();
        ProcessHandle store = process("store");
        ProcessHandle service = process("service");

        supervisor.stop();

        assertThat(List.of(store, service)).noneMatch(ProcessHandle::isAlive);
        assertThat(file.read().orElseThrow().phase()).isEqualTo(Phase.DOWN);
    }

    @Test
    void startsNothingOnceItWasToldToStop() throws Exception {
        var service = ShellComponent.lasting("service");
        supervise(List.of(service));
        supervisor.start();

        supervisor.stop();

        assertThat(service.starts()).isEqualTo(1);
        assertThat(progress.states("service")).endsWith(State.STOPPING, State.DOWN);
    }

    @Test
    void doesNotWaitForAServerThatNeverAnswers() throws Exception {
        var silent = ShellComponent.silent("store");
        supervise(List.of(silent));
        var start = CompletableFuture.runAsync(() -> supervisor.start());
        progress.await(seen -> seen.count("store", State.STARTING) == 1);

        CompletableFuture.runAsync(supervisor::stop).get(10, TimeUnit.SECONDS);

        assertThat(silent.starts()).isEqualTo(1);
        assertThat(progress.states("store")).endsWith(State.DOWN);
        assertThat(start).isNotCompleted();
    }

    @Test
    void triesAgainWhatADiskWithoutRoomHasKeptFromStarting() throws Exception {
        var service = ShellComponent.lasting("service");
        supervise(List.of(service));
        supervisor.start();

        service.failsToStartOnce();
        process("service").destroyForcibly();
        progress.await(seen -> seen.count("service", State.UP) == 2);

        assertThat(progress.sentences()).contains(
            "service could not be started (no room); starting it again in 0.1 s"
        );
    }

    @SafeVarargs
    private void supervise(List<? extends Component>... tiers) {
        Ledger ledger = new Ledger(file, progress, 8080);
        supervisor = new Supervisor(List.of(tiers), ledger, SupervisorTest::quickPauses);
    }

    private static Pauses quickPauses() {
        return new Pauses(Duration.ofMillis(40), Duration.ofMillis(300), Duration.ofMinutes(1));
    }

    private ComponentState recorded(String name) throws IOException {
        return file
            .read()
            .orElseThrow()
            .components()
            .stream()
            .filter(component -> component.name().equals(name))
            .findFirst()
            .orElseThrow();
    }

    private ProcessHandle process(String name) throws IOException {
        return recorded(name).process().flatMap(ProcessIdentity::find).orElseThrow();
    }
}
