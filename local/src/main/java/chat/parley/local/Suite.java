package chat.parley.local;

import chat.parley.embedded.EmbeddedPorts;
import chat.parley.embedded.EmbeddedServers;
import chat.parley.local.files.DataFolder;
import chat.parley.local.files.Keysets;
import chat.parley.local.files.Ports;
import chat.parley.local.services.Preparation;
import chat.parley.local.services.Service;
import chat.parley.local.services.ServiceComponent;
import chat.parley.local.supervision.Component;
import chat.parley.local.supervision.Leftovers;
import chat.parley.local.supervision.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** All there is to run, in the order it starts. */
final class Suite {

    /** As {@link EmbeddedServers} calls them. */
    private static final List<String> SERVERS = List.of("postgres", "kafka", "redis", "mongodb", "s3");

    private Suite() {}

    static List<String> componentNames() {
        return Stream.concat(SERVERS.stream(), Arrays.stream(Service.values()).map(Service::module)).toList();
    }

    /**
     * Stops what a killed supervisor left running in the folder. A server that was still starting then is known only to
     * its own folder, so both are asked.
     *
     * @return the names of what the supervisor had written down
     */
    static List<String> stopLeftovers(DataFolder data) throws IOException {
        List<String> stopped = Leftovers.stop(new StateFile(data.stateFile()));
        EmbeddedServers.reap(data.servers());
        return stopped;
    }

    /** The servers, then the services: each tier may start at once when the one before it is ready. */
    static List<List<Component>> tiers(Path repository, DataFolder data, int gatewayPort) throws IOException {
        Ports ports = Ports.of(data, innerPortNames(), gatewayPort);
        EmbeddedServers servers = EmbeddedServers.on(data.servers(), data.logs(), embeddedPorts(ports));
        ToIntFunction<String> servicePorts = name ->
            Service.GATEWAY.module().equals(name) ? gatewayPort : ports.of(name);
        Map<Keysets.Kind, String> keysets = new Keysets(data, System.getenv()).open();
        return List.of(
            serverTier(servers, data),
            serviceTier(repository, data, servicePorts, service ->
                environment(servers.environment(), keysets, service)
            )
        );
    }

    /** What the servers of the suite that runs in this folder want services to know. */
    static Map<String, String> serversOf(DataFolder data) throws IOException {
        return EmbeddedServers.on(
            data.servers(),
            data.logs(),
            embeddedPorts(Ports.remembered(data))
        ).environment();
    }

    private static List<Component> serverTier(EmbeddedServers servers, DataFolder data) {
        return servers
            .all()
            .stream()
            .<Component>map(server -> new ServerComponent(server, data.log(server.name())))
            .toList();
    }

    private static List<Component> serviceTier(
        Path repository,
        DataFolder data,
        ToIntFunction<String> ports,
        Function<Service, Map<String, String>> environment
    ) {
        Preparation preparation = new Preparation(repository);
        List<Component> services = new ArrayList<>();
        for (Service service : Service.values()) {
            services.add(
                new ServiceComponent(
                    service,
                    preparation,
                    ports,
                    environment.apply(service),
                    data.log(service.module())
                )
            );
        }
        return services;
    }

    /** What a service has to know of servers and keys. */
    private static Map<String, String> environment(
        Map<String, String> servers,
        Map<Keysets.Kind, String> keysets,
        Service service
    ) {
        Map<String, String> environment = new LinkedHashMap<>(servers);
        service
            .keysets()
            .forEach(kind -> environment.put(kind.variable(), Objects.requireNonNull(keysets.get(kind))));
        return environment;
    }

    /** All but the gateway's, which the user chooses. */
    private static List<String> innerPortNames() {
        List<String> names = new ArrayList<>(SERVERS);
        for (Service service : Service.values()) {
            if (service != Service.GATEWAY) {
                names.add(service.module());
            }
            names.add(service.managementPortName());
        }
        return names;
    }

    private static EmbeddedPorts embeddedPorts(Ports ports) {
        return new EmbeddedPorts(
            ports.of("postgres"),
            ports.of("kafka"),
            ports.of("redis"),
            ports.of("mongodb"),
            ports.of("s3")
        );
    }
}
