package chat.parley.local.services;

import chat.parley.embedded.OwnSession;
import chat.parley.local.supervision.Component;
import chat.parley.local.supervision.Run;
import chat.parley.local.supervision.Termination;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A service, as a process of this machine that only this machine can reach. */
public final class ServiceComponent implements Component {

    private final Service service;
    private final Preparation preparation;
    private final ToIntFunction<String> ports;
    private final Map<String, String> surroundings;
    private final Path log;
    private @Nullable PreparedService prepared;

    /**
     * @param ports the port to a name: a service's module or {@link Service#managementPortName()}
     * @param surroundings what the service has to know of servers and keys, by environment variable
     */
    public ServiceComponent(
        Service service,
        Preparation preparation,
        ToIntFunction<String> ports,
        Map<String, String> surroundings,
        Path log
    ) {
        this.service = service;
        this.preparation = preparation;
        this.ports = ports;
        this.surroundings = Map.copyOf(surroundings);
        this.log = log;
    }

    @Override
    public String name() {
        return service.module();
    }

    @Override
    public int port() {
        return ports.applyAsInt(service.module());
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public boolean wantsPreparation() {
        return !preparation.isDone(service);
    }

    @Override
    public void prepare() {
        prepared();
    }

    /** The same for all runs: a build meanwhile must not mix with the services that run already. */
    private synchronized PreparedService prepared() {
        PreparedService known = prepared;
        if (known == null) {
            known = preparation.prepare(service);
            prepared = known;
        }
        return known;
    }

    @Override
    public Run start() throws IOException {
        ProcessBuilder process = new ProcessBuilder(OwnSession.of(prepared().command()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment().putAll(environment());
        return new ServiceRun(process.start());
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(surroundings);
        environment.put("PARLEY_PORT", Integer.toString(port()));
        environment.put("PARLEY_MANAGEMENT_PORT", Integer.toString(managementPort()));
        environment.put("PARLEY_BIND_ADDRESS", "127.0.0.1");
        for (Service other : Service.values()) {
            String url = "http://127.0.0.1:" + ports.applyAsInt(other.module());
            other.urlVariable().ifPresent(variable -> environment.put(variable, url));
        }
        // One arena for all threads: glibc's default of eight a core costs each JVM tens of megabytes.
        environment.put("MALLOC_ARENA_MAX", "1");
        return environment;
    }

    private int managementPort() {
        return ports.applyAsInt(service.managementPortName());
    }

    private final class ServiceRun implements Run {

        private final Process process;
        private final CompletableFuture<Integer> exit;

        ServiceRun(Process process) {
            this.process = process;
            this.exit = process.onExit().thenApply(Process::exitValue);
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return exit;
        }

        @Override
        public boolean ready() {
            boolean healthy = Probe.answers(managementPort(), "/actuator/health/readiness");
            return healthy && (service != Service.GATEWAY || Probe.answers(port(), "/api/config"));
        }

        @Override
        public void stop(Duration grace) {
            Termination.of(process.toHandle(), grace);
        }
    }
}
