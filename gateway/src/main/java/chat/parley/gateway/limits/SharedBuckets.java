package chat.parley.gateway.limits;

import chat.parley.service.problem.Allowance;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The buckets that all gateways share, in Redis: one round trip a claim, whatever number of buckets it needs. */
@Component
final class SharedBuckets {

    private static final String SCRIPT = script();
    private static final String DIGEST = Base16.digest(SCRIPT.getBytes(StandardCharsets.UTF_8));
    private static final String PREFIX = "parley:limit:";

    private final RedisLinks redis;
    private final Duration timeout;

    SharedBuckets(RedisLinks redis, RedisSettings settings) {
        this.redis = redis;
        this.timeout = settings.timeout();
    }

    private static String script() {
        try {
            return new ClassPathResource("take-tokens.lua").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the script for the limits cannot be read", e);
        }
    }

    /** The verdict, in time, or an error. */
    Mono<Verdict> take(Claim claim) {
        RedisLink link = redis.here();
        return link
            .connection()
            .flatMap(connection -> run(connection, claim))
            .timeout(timeout, link.loop().scheduler())
            .map(answer -> verdict(claim.rule(), answer));
    }

    private static Mono<List<Long>> run(StatefulRedisConnection<String, String> connection, Claim claim) {
        RedisScriptingAsyncCommands<String, String> commands = connection.async();
        String[] keys = keysOf(claim);
        String[] sizes = claim.rule().sizes();
        return Mono.<List<Long>>fromCompletionStage(() ->
            commands.evalsha(DIGEST, ScriptOutputType.MULTI, keys, sizes)
        ).onErrorResume(RedisNoScriptException.class, _ ->
            Mono.fromCompletionStage(() -> commands.eval(SCRIPT, ScriptOutputType.MULTI, keys, sizes))
        );
    }

    /** The holder in braces, so that a cluster keeps all of a holder's buckets in one place. */
    private static String[] keysOf(Claim claim) {
        List<Bucket> buckets = claim.rule().buckets();
        String[] keys = new String[buckets.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = PREFIX + '{' + claim.holder() + "}:" + buckets.get(i).name();
        }
        return keys;
    }

    private static Verdict verdict(Rule rule, List<Long> answer) {
        Bucket tightest = rule.buckets().get(answer.get(0).intValue() - 1);
        Duration reset = Duration.of(answer.get(2), ChronoUnit.MICROS);
        long wait = answer.get(3);
        return new Verdict(
            new Allowance(tightest.burst(), answer.get(1), reset),
            wait == 0 ? null : Duration.of(wait, ChronoUnit.MICROS)
        );
    }
}
