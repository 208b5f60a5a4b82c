package chat.parley.message;

import chat.parley.contracts.UserId;
import chat.parley.message.words.Terms;
import chat.parley.message.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What a message can be found by, as it stands beside the message in its page. */
@Component
public final class MessageTerms {

    private static final Pattern LINK = Pattern.compile("\\bhttps?://[^\\s/]", Pattern.CASE_INSENSITIVE);

    private final RoomLanguages languages;
    private final TermHashes hashes;

    MessageTerms(RoomLanguages languages, TermHashes hashes) {
        this.languages = languages;
        this.hashes = hashes;
    }

    /** None of a deleted message. */
    List<Integer> of(Message message) {
        return message.isDeleted() ? List.of() : hashes.of(message.room(), plain(message));
    }

    private List<String> plain(Message message) {
        List<String> terms = new ArrayList<>(
            Terms.of(Words.of(message.content(), languages.of(message.room())))
        );
        UserId author = message.author();
        if (author != null) {
            terms.add(Terms.from(author));
        }
        if (hasFile(message)) {
            terms.add(Terms.file());
        }
        if (hasLink(message)) {
            terms.add(Terms.link());
        }
        return terms;
    }

    public static boolean hasFile(Message message) {
        return !message.attachments().isEmpty();
    }

    public static boolean hasLink(Message message) {
        return LINK.matcher(message.content()).find();
    }
}
