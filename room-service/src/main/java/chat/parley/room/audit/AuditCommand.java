package chat.parley.room.audit;

import chat.parley.contracts.RoomId;
import chat.parley.service.LeavesTheChain;
import io.r2dbc.spi.ConnectionFactory;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/**
 * The log from the command line: another way to start this service's jar, with the same environment, that checks or
 * shows the log and ends. So nothing of it is on any port, and whoever runs it holds the key already. It needs the
 * database only, and a restored one will do.
 */
public final class AuditCommand {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int DONE = 0;
    private static final int BROKEN = 1;
    private static final int NOT_DONE = 2;

    private final AuditEntries entries;
    private final Verification verification;
    private final PrintStream out;

    AuditCommand(AuditEntries entries, Verification verification, PrintStream out) {
        this.entries = entries;
        this.verification = verification;
        this.out = out;
    }

    public static void main(String[] words) {
        System.exit(run(List.of(words)));
    }

    private static int run(List<String> words) {
        try {
            AuditRequest request = AuditRequest.of(words);
            try (ConfigurableApplicationContext context = connect()) {
                AuditCommand command = new AuditCommand(
                    context.getBean(AuditEntries.class),
                    context.getBean(Verification.class),
                    System.out
                );
                return command.run(request);
            }
        } catch (IllegalArgumentException e) {
            return refuse(e.getMessage());
        } catch (RuntimeException e) {
            return refuse("the log cannot be read: " + rootOf(e).getMessage());
        }
    }

    /** The service's own configuration, and of the service itself no more than the log. */
    private static ConfigurableApplicationContext connect() {
        return new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .run("--logging.level.root=OFF");
    }

    private static int refuse(@Nullable String reason) {
        System.err.println("audit log: " + reason);
        return NOT_DONE;
    }

    private static Throwable rootOf(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** @return the exit code */
    int run(AuditRequest request) {
        return switch (request) {
            case AuditRequest.Verify verify -> verify(verify.expected());
            case AuditRequest.Show show -> show(show.room(), show.limit());
        };
    }

    @LeavesTheChain("a command's own thread, which has nothing else to do; an hour at most")
    private int verify(@Nullable Checkpoint expected) {
        Verdict verdict = Objects.requireNonNull(verification.run(expected).block(LONGEST));
        out.println(verdict.text());
        return verdict.isIntact() ? DONE : BROKEN;
    }

    @LeavesTheChain("a command's own thread, which has nothing else to do; an hour at most")
    private int show(@Nullable RoomId room, int limit) {
        Flux<ChainedEntry> newest = entries.newest(room == null ? null : room.value(), limit);
        newest
            .doOnNext(entry -> out.println(line(entry)))
            .then()
            .block(LONGEST);
        return DONE;
    }

    private static String line(ChainedEntry chained) {
        AuditEntry entry = chained.sealed().entry();
        StringBuilder line = new StringBuilder();
        line
            .append(chained.position())
            .append(' ')
            .append(entry.at())
            .append(' ')
            .append(entry.action())
            .append(" room=")
            .append(entry.room())
            .append(" by=")
            .append(entry.actor());
        add(line, " member=", entry.member());
        add(line, " role=", entry.role());
        add(line, " fields=", entry.fields());
        add(line, " request=", entry.requestId());
        return line.toString();
    }

    private static void add(StringBuilder line, String name, @Nullable Object value) {
        if (value != null) {
            line.append(name).append(value);
        }
    }

    /** What of the service the command needs. */
    @ImportAutoConfiguration(R2dbcAutoConfiguration.class)
    @EnableConfigurationProperties(AuditProperties.class)
    @Import({ AuditConfiguration.class, AuditEntries.class, Verification.class })
    static final class Parts {

        @Bean
        DatabaseClient database(ConnectionFactory connections) {
            return DatabaseClient.create(connections);
        }
    }
}
