package chat.parley.message;

import chat.parley.sealing.KeyId;
import chat.parley.service.security.ServiceTokens;
import chat.parley.testing.rooms.FakeRooms;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import reactor.core.publisher.Flux;

/** The whole of message-service on real servers, beside others of its kind; it can be killed. */
final class Service {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Doors doors;
    private final ConfigurableApplicationContext context;

    /**
     * @param properties see {@link #properties}
     */
    Service(Map<String, Object> properties, Doors doors) {
        this.doors = doors;
        context = new SpringApplicationBuilder(MessageServiceApplication.class)
            .profiles("test")
            .registerShutdownHook(false)
            .logStartupInfo(false)
            .initializers(starting -> {
                var sources = starting.getEnvironment().getPropertySources();
                sources.addFirst(new MapPropertySource("this service", properties));
                starting.getBeanFactory().addBeanPostProcessor(new DoorKeeper());
            })
            .run();
    }

    /** One that shares a database with those of the same name, and is taken for dead soon. */
    static Service start(String database, FakeRooms rooms, FakeMedia media) {
        return start(database, rooms, media, Map.of());
    }

    /** The same, with settings of its own. */
    static Service start(String database, FakeRooms rooms, FakeMedia media, Map<String, String> settings) {
        Map<String, Object> properties = properties(database, rooms, media);
        properties.putAll(settings);
        return new Service(properties, Doors.open());
    }

    static Map<String, Object> properties(String database, FakeRooms rooms, FakeMedia media) {
        Map<String, Object> properties = new HashMap<>(rooms.properties());
        properties.putAll(TestServers.environment(Set.of(Server.MONGODB, Server.KAFKA)));
        properties.computeIfPresent("PARLEY_MONGODB_URI", (_, uri) ->
            ((String) uri).replaceFirst("/parley$", "/" + database)
        );
        properties.put("parley.media.url", media.url());
        properties.put("PARLEY_PORT", "0");
        properties.put("PARLEY_MANAGEMENT_PORT", "0");
        properties.put("PARLEY_BIND_ADDRESS", "127.0.0.1");
        properties.put("server.shutdown", "immediate");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "2s");
        properties.put("parley.lease.beat", "500ms");
        properties.put("parley.lease.valid-for", "3s");
        properties.put("parley.lease.grace", "4s");
        properties.put("parley.store.timeout", "3s");
        properties.put("parley.lanes.idle", "4s");
        properties.put("parley.lanes.tidy-every", "100ms");
        return properties;
    }

    String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    /** Where probes ask. */
    String managementUrl() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.management.port");
    }

    /** What it would show to call another service. */
    String serviceToken() {
        return context.getBean(ServiceTokens.class).current();
    }

    /** How far pages have been sealed anew; one that has not begun if nobody walks yet. */
    KeyWalk lastWalk() {
        return context
            .getBean(KeyWalks.class)
            .last()
            .defaultIfEmpty(KeyWalk.of(new KeyId(0), Instant.EPOCH))
            .block(PATIENCE);
    }

    /** Whether nothing is owed to anybody any more, by whomever. */
    boolean isAllPaid() {
        return Boolean.FALSE.equals(context.getBean(Marks.class).all().hasElements().block(PATIENCE));
    }

    /** What stands in the outboxes of all pages. */
    long owed() {
        return context
            .getBean(Store.class)
            .many(Pages.COLLECTION, pages -> pages.find())
            .flatMap(page ->
                Flux.fromIterable(context.getBean(PageDocument.class).read(page).outbox().values())
            )
            .count()
            .block(PATIENCE);
    }

    /** As kill -9: nothing is said to anybody, what is under way may arrive or not. */
    void kill() {
        doors.shut();
        context.close();
    }

    /** Ends in good order. */
    void stop() {
        context.close();
    }

    private final class DoorKeeper implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return switch (bean) {
                case ReactiveMongoTemplate template -> doors.template(template.getMongoDatabaseFactory());
                case DefaultKafkaProducerFactory<?, ?> factory -> through(factory);
                default -> bean;
            };
        }

        private <K, V> DefaultKafkaProducerFactory<K, V> through(DefaultKafkaProducerFactory<K, V> factory) {
            factory.addPostProcessor(doors::producer);
            return factory;
        }
    }
}
