package chat.parley.message;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.service.problem.Unavailable;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The uploads that messages carry: whose they are when one is sent, and how they are when one is read. */
@Component
public class Attachments {

    private static final int AUTHORS_AT_ONCE = 4;

    private final MediaClient media;
    private final Cache<MediaId, MediaSnapshot> ready;

    Attachments(MediaClient media, MediaProperties properties) {
        this.media = media;
        this.ready = Caffeine.newBuilder()
            .maximumSize(properties.maxCached())
            .expireAfterWrite(properties.maxAge())
            .build();
    }

    /**
     * Those of the uploads that are the owner's, in the order asked for; from now on they are the room's as well, and
     * end with it.
     *
     * @throws Unavailable (in the Mono) if media-service does not answer
     */
    public Mono<List<MediaSnapshot>> link(List<MediaId> ids, UserId owner, RoomId room) {
        return ids.isEmpty()
            ? Mono.just(List.of())
            : media.link(ids, owner, room).map(found -> inOrder(ids, byId(found)));
    }

    private static List<MediaSnapshot> inOrder(List<MediaId> ids, Map<MediaId, MediaSnapshot> found) {
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    private static Map<MediaId, MediaSnapshot> byId(List<MediaSnapshot> media) {
        return media
            .stream()
            .collect(Collectors.toMap(MediaSnapshot::id, Function.identity(), (one, _) -> one));
    }

    /**
     * The messages with their attachments as they are now: signed addresses expire, processing ends. If media-service
     * does not answer they stay as they were when the message was sent.
     */
    public Mono<List<MessageSnapshot>> renewed(List<MessageSnapshot> messages) {
        Map<UserId, Set<MediaId>> wanted = unknownByAuthor(messages);
        return Flux.fromIterable(wanted.entrySet())
            .flatMap(author -> refresh(author.getValue(), author.getKey()), AUTHORS_AT_ONCE)
            .collectMap(MediaSnapshot::id)
            .map(fresh ->
                messages
                    .stream()
                    .map(message -> renewed(message, fresh))
                    .toList()
            );
    }

    private Map<UserId, Set<MediaId>> unknownByAuthor(List<MessageSnapshot> messages) {
        return messages
            .stream()
            .filter(message -> message.userId() != null)
            .flatMap(message ->
                message
                    .attachments()
                    .stream()
                    .map(media -> Map.entry(message.userId(), media.id()))
            )
            .filter(wanted -> ready.getIfPresent(wanted.getValue()) == null)
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toSet())
                )
            );
    }

    private Flux<MediaSnapshot> refresh(Set<MediaId> ids, UserId owner) {
        return media
            .lookUp(ids, owner)
            .onErrorResume(Unavailable.class, _ -> Mono.just(List.of()))
            .flatMapIterable(found -> found)
            .doOnNext(this::remember);
    }

    /** Those uploads as they are now; none if their owner is nobody. */
    public Flux<MediaSnapshot> now(List<MediaSnapshot> uploads, @Nullable UserId owner) {
        return uploads.isEmpty() || owner == null
            ? Flux.empty()
            : refresh(uploads.stream().map(MediaSnapshot::id).collect(Collectors.toSet()), owner);
    }

    /** Something has become of the upload: what is known of it is old. */
    public void forget(MediaId upload) {
        ready.invalidate(upload);
    }

    private void remember(MediaSnapshot found) {
        if (found.status() != MediaStatus.PROCESSING) {
            ready.put(found.id(), found);
        }
    }

    private MessageSnapshot renewed(MessageSnapshot message, Map<MediaId, MediaSnapshot> fresh) {
        if (message.attachments().isEmpty()) {
            return message;
        }
        List<MediaSnapshot> attachments = new ArrayList<>();
        for (MediaSnapshot old : message.attachments()) {
            MediaSnapshot known = ready.getIfPresent(old.id());
            attachments.add(known != null ? known : fresh.getOrDefault(old.id(), old));
        }
        return with(message, attachments);
    }

    private static MessageSnapshot with(MessageSnapshot message, List<MediaSnapshot> attachments) {
        return new MessageSnapshot(
            message.id(),
            message.roomId(),
            message.seq(),
            message.userId(),
            message.content(),
            message.type(),
            message.parentId(),
            message.replyCount(),
            message.lastReplyAt(),
            attachments,
            message.reactions(),
            message.mentions(),
            message.clientId(),
            message.createdAt(),
            message.updatedAt(),
            message.editedAt(),
            message.deletedAt()
        );
    }
}
