package chat.parley.realtime.api;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.service.problem.MalformedRequest;
import chat.parley.service.problem.Unavailable;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a request wants to know of channels: the comma-separated attributes of its {@code info}. */
@Component
final class ChannelInfo {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    /** Each question to Redis has its own limit; this is for all of them, and for the wait before the first. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, ChannelAttribute> attributes;

    ChannelInfo(List<ChannelAttribute> attributes) {
        this.attributes = attributes
            .stream()
            .collect(Collectors.toUnmodifiableMap(ChannelAttribute::name, Function.identity()));
    }

    /** @throws MalformedRequest if it names something that there is not */
    Set<ChannelAttribute> read(@Nullable String info) {
        if (info == null || info.isBlank()) {
            return Set.of();
        }
        return Arrays.stream(info.split(",", -1))
            .map(String::strip)
            .map(this::require)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private ChannelAttribute require(String name) {
        ChannelAttribute attribute = attributes.get(name);
        if (attribute == null) {
            throw new MalformedRequest("The parameter info knows no such attribute.");
        }
        return attribute;
    }

    /** By channel, what each has of what is asked for; an empty map where that is nothing. */
    Mono<Map<String, Map<String, Object>>> of(
        App app,
        List<ChannelName> channels,
        Set<ChannelAttribute> asked
    ) {
        Map<String, Map<String, Object>> info = new LinkedHashMap<>();
        channels.forEach(channel -> info.put(channel.value(), new LinkedHashMap<>()));
        return Flux.fromIterable(asked)
            .concatMap(attribute -> add(attribute, app, channels, info))
            .then(Mono.just(info))
            .transform(ChannelInfo::orUnavailable);
    }

    private static Mono<Void> add(
        ChannelAttribute attribute,
        App app,
        List<ChannelName> channels,
        Map<String, Map<String, Object>> info
    ) {
        List<ChannelName> having = channels.stream().filter(attribute::isOf).toList();
        return having.isEmpty()
            ? Mono.empty()
            : attribute
                  .of(app, having)
                  .doOnNext(values ->
                      values.forEach((channel, value) ->
                          info.computeIfPresent(channel, (_, known) -> with(known, attribute.name(), value))
                      )
                  )
                  .then();
    }

    private static Map<String, Object> with(Map<String, Object> known, String name, Object value) {
        known.put(name, value);
        return known;
    }

    /** What is asked of Redis, and an answer for its failures. */
    static <T> Mono<T> orUnavailable(Mono<T> asked) {
        return asked
            .timeout(PATIENCE)
            .onErrorMap(ChannelInfo::isOfRedis, _ ->
                new Unavailable("What is counted cannot be asked for right now.", RETRY_AFTER)
            );
    }

    /** It failed, did not answer in time, or too many wait for it already. */
    private static boolean isOfRedis(Throwable failure) {
        return (
            failure instanceof DataAccessException ||
            failure instanceof TimeoutException ||
            failure instanceof RejectedExecutionException
        );
    }
}
