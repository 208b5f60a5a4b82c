package chat.parley.local;

import chat.parley.local.files.DataFolder;
import chat.parley.local.files.Ports;
import chat.parley.local.services.Service;
import chat.parley.local.supervision.StartFailure;
import chat.parley.local.supervision.StateFile;
import chat.parley.local.supervision.SuiteState;
import chat.parley.local.transfer.Services;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where a command finds the services: where the environment says, as it does for the services themselves, or
 * else those of the suite that runs in the data folder.
 */
final class RunningServices {

    // That of the services' own local profile.
    private static final String LOCAL_SECRET = "local-only-service-secret-0123456789abcdef";

    private final DataFolder data;
    private final Map<String, String> environment;

    RunningServices(DataFolder data, Map<String, String> environment) {
        this.data = data;
        this.environment = Map.copyOf(environment);
    }

    /** Whether the environment names others than the suite of the folder. */
    boolean areElsewhere() {
        return environment.containsKey("PARLEY_ROOM_URL") || environment.containsKey("PARLEY_MESSAGE_URL");
    }

    /** @param patience how long a service may be away before that is the end */
    Services find(Duration patience) throws IOException {
        if (areElsewhere()) {
            return new Services(
                URI.create(required("PARLEY_ROOM_URL")),
                URI.create(required("PARLEY_MESSAGE_URL")),
                required("PARLEY_SERVICE_SECRET"),
                patience
            );
        }
        if (!isRunning()) {
            throw new StartFailure("Nothing is running in " + data.root() + "; ./parley up starts it");
        }
        Ports ports = Ports.remembered(data);
        return new Services(
            local(ports, Service.ROOM),
            local(ports, Service.MESSAGE),
            environment.getOrDefault("PARLEY_SERVICE_SECRET", LOCAL_SECRET),
            patience
        );
    }

    private static URI local(Ports ports, Service service) {
        return URI.create("http://127.0.0.1:" + ports.of(service.module()));
    }

    private String required(String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new StartFailure(
                "PARLEY_ROOM_URL, PARLEY_MESSAGE_URL and PARLEY_SERVICE_SECRET go together; " +
                    variable +
                    " is missing"
            );
        }
        return value;
    }

    /** Whether a suite runs in the folder. */
    boolean isRunning() throws IOException {
        return new StateFile(data.stateFile())
            .read()
            .map(SuiteState::supervisor)
            .flatMap(supervisor -> supervisor.find())
            .isPresent();
    }
}
