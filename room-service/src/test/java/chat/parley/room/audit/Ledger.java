package chat.parley.room.audit;

import chat.parley.room.OwnSchema;
import chat.parley.service.security.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/** A log in tables of its own, for tests that forge, cut and mend it. */
final class Ledger {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Secret SECRET = new Secret("one-secret-0123456789abcdef0123456789");

    private final OwnSchema schema;
    final AuditEntries entries;
    final AuditKey key = new AuditKey(SECRET);

    Ledger(R2dbcConnectionDetails postgres, String name) {
        this.schema = OwnSchema.with(postgres, name, "audit_log", "audit_head");
        this.entries = new AuditEntries(schema.database());
        does("INSERT INTO audit_head (position, mac) VALUES (0, '')");
    }

    AuditLog log() {
        return new AuditLog(entries, key, Clock.systemUTC());
    }

    Sealing sealing(int batch) {
        return new Sealing(entries, key, schema.transactions(), properties(batch));
    }

    Sealer sealer() {
        AuditProperties properties = properties(100);
        return new Sealer(sealing(100), entries, properties, Clock.systemUTC(), new SimpleMeterRegistry());
    }

    private static AuditProperties properties(int batch) {
        return new AuditProperties(
            SECRET,
            null,
            new AuditProperties.Audit(
                Duration.ofMillis(50),
                batch,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10)
            )
        );
    }

    /** Writes these in one transaction. */
    void write(Deed... deeds) {
        schema.transactions().run(log().write(List.of(deeds))).block(PATIENCE);
    }

    void seal() {
        sealing(100).run().block(PATIENCE);
    }

    /** What only somebody with the database in hand can do. */
    void does(String sql) {
        schema.database().sql(sql).then().block(PATIENCE);
    }

    long number(String sql) {
        Long number = schema
            .database()
            .sql(sql)
            .map(row -> row.get(0, Long.class))
            .one()
            .block(PATIENCE);
        return number == null ? 0 : number;
    }

    Verdict verdict() {
        return verdict(null);
    }

    Verdict verdict(Checkpoint expected) {
        return new Verification(entries, key).run(expected).block(PATIENCE);
    }

    Checkpoint head() {
        return entries.ends().map(AuditEntries.Ends::head).block(PATIENCE);
    }

    OwnSchema schema() {
        return schema;
    }
}
