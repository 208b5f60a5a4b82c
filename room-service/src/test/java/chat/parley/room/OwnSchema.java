package chat.parley.room;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;

/**
 * Empty tables like the service's own, beside them: for what a test does to a table that the running service would
 * see, or would be in the way of.
 */
public final class OwnSchema {

    private final ConnectionFactory connections;

    private OwnSchema(ConnectionFactory connections) {
        this.connections = connections;
    }

    public static OwnSchema with(R2dbcConnectionDetails postgres, String name, String... tables) {
        OwnSchema schema = new OwnSchema(
            pool(
                ConnectionFactories.get(
                    postgres
                        .getConnectionFactoryOptions()
                        .mutate()
                        .option(PostgresqlConnectionFactoryProvider.SCHEMA, name)
                        // To fill tables takes as long as it takes.
                        .option(PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT, Duration.ofMinutes(2))
                        .build()
                )
            )
        );
        Stream<String> statements = Stream.concat(
            Stream.of("DROP SCHEMA IF EXISTS " + name + " CASCADE", "CREATE SCHEMA " + name),
            Stream.of(tables).map(
                table -> "CREATE TABLE " + name + "." + table + " (LIKE public." + table + " INCLUDING ALL)"
            )
        );
        Flux.fromStream(statements)
            .concatMap(statement -> schema.database().sql(statement).then())
            .blockLast(Duration.ofSeconds(20));
        return schema;
    }

    /** Connections go soon after the test that needed them. */
    private static ConnectionFactory pool(ConnectionFactory connections) {
        return new ConnectionPool(
            ConnectionPoolConfiguration.builder(connections)
                .initialSize(0)
                .maxSize(10)
                .maxIdleTime(Duration.ofSeconds(2))
                .backgroundEvictionInterval(Duration.ofSeconds(1))
                .build()
        );
    }

    public DatabaseClient database() {
        return DatabaseClient.create(connections);
    }

    public Transactions transactions() {
        return new Transactions(TransactionalOperator.create(new R2dbcTransactionManager(connections)));
    }
}
