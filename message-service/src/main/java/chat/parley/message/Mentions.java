package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.service.rooms.RoomsClient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who is meant by the {@code @names} in a message. */
@Component
public final class Mentions {

    /** The name that means everybody in the room; from somebody who is no admin it is just a word. */
    static final String ALL = "all";

    static final int MAX_NAMES = 100;

    // An @ within a word is an address, not a mention. The rest is what a username may be.
    private static final Pattern NAME = Pattern.compile(
        "(?<![\\p{L}\\p{N}_.@-])@([a-z0-9][a-z0-9_.-]{2,31})",
        Pattern.CASE_INSENSITIVE
    );
    private static final Pattern END_OF_SENTENCE = Pattern.compile("[._-]+$");

    private final RoomsClient rooms;

    Mentions(RoomsClient rooms) {
        this.rooms = rooms;
    }

    /** The members of the room who are mentioned, in the order of their mention. */
    public Mono<List<UserId>> in(Content content, Membership author) {
        Set<String> names = names(content.text());
        if (!author.isAdmin()) {
            names.remove(ALL);
        }
        return names.isEmpty() ? Mono.just(List.of()) : lookUp(author.roomId(), names);
    }

    private Mono<List<UserId>> lookUp(RoomId room, Set<String> names) {
        return rooms.mentioned(room, names).map(members -> inOrder(names, members));
    }

    private static List<UserId> inOrder(Set<String> names, Map<String, UserId> members) {
        Set<UserId> mentioned = new LinkedHashSet<>();
        names.stream().map(members::get).filter(Objects::nonNull).forEach(mentioned::add);
        // With @all there are members whom nobody named.
        if (names.contains(ALL)) {
            mentioned.addAll(members.values());
        }
        return List.copyOf(mentioned);
    }

    /** In lower case, as usernames are; "@ada." may mean "ada." as well as "ada" at the end of a sentence. */
    static Set<String> names(String text) {
        if (text.indexOf('@') < 0) {
            return new LinkedHashSet<>();
        }
        Set<String> names = new LinkedHashSet<>();
        Matcher mentions = NAME.matcher(text);
        while (mentions.find() && names.size() < MAX_NAMES) {
            String name = mentions.group(1).toLowerCase(Locale.ROOT);
            names.add(name);
            String withoutPoint = END_OF_SENTENCE.matcher(name).replaceFirst("");
            if (withoutPoint.length() >= 3) {
                names.add(withoutPoint);
            }
        }
        return names;
    }
}
