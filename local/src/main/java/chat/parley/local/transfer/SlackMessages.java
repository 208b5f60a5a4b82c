package chat.parley.local.transfer;

import chat.parley.local.transfer.Line.Kind;
import chat.parley.local.transfer.Line.Reaction;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Messages as a Slack export has them, one at a time. */
final class SlackMessages {

    // What Slack itself says of a room, in the words of the export.
    private static final Set<String> ANNOUNCEMENTS = Set.of(
        "join",
        "leave",
        "topic",
        "purpose",
        "name",
        "archive",
        "unarchive",
        "convert_to_private",
        "posting_permissions"
    );
    private static final Set<String> SYSTEM = Set.of(
        "pinned_item",
        "unpinned_item",
        "bot_add",
        "bot_remove",
        "reminder_add",
        "ekm_access_denied",
        "sh_room_created",
        "huddle_thread",
        "bot_enable",
        "bot_disable"
    );
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    private final Intake intake;
    private final SlackText text;

    SlackMessages(Intake intake) {
        this.intake = intake;
        this.text = new SlackText(intake);
    }

    /**
     * Empty for what is about a message and none itself.
     *
     * @throws IllegalArgumentException saying what is missing
     */
    Optional<Line> line(String room, JsonNode message) throws IOException {
        if (!message.isObject() || message.path("hidden").asBoolean(false)) {
            return Optional.empty();
        }
        long place = micros(message.path("ts"));
        String subtype = message.path("subtype").asString("");
        Kind kind = kind(subtype);
        String written = message.path("text").asString("");
        return Optional.of(
            new Line(
                room,
                place,
                time(place),
                kind,
                kind == Kind.SYSTEM ? null : author(message),
                kind == Kind.DELETED ? "" : content(message, written),
                thread(message, place),
                reactions(message.path("reactions")),
                SlackText.mentioned(written),
                message.path("edited").hasNonNull("ts")
                    ? time(micros(message.path("edited").path("ts")))
                    : null
            )
        );
    }

    private static Kind kind(String subtype) {
        if (subtype.equals("tombstone")) {
            return Kind.DELETED;
        }
        boolean isSystem =
            SYSTEM.contains(subtype) ||
            ANNOUNCEMENTS.contains(subtype.replaceFirst("^(channel|group|mpim)_", ""));
        return isSystem ? Kind.SYSTEM : Kind.TEXT;
    }

    /** Slack's time stamps are microseconds, and its names of messages: within a room no two are alike. */
    static long micros(JsonNode ts) {
        try {
            long micros = new BigDecimal(ts.asString("")).multiply(MICROS).longValueExact();
            if (micros >= 0 && micros <= Position.MAX_PLACE) {
                return micros;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("ts is no time stamp", e);
        }
        throw new IllegalArgumentException("ts is no time stamp");
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private String author(JsonNode message) throws IOException {
        String user = message.path("user").asString("");
        if (!user.isBlank()) {
            introduce(user, message.path("user_profile"));
            return user;
        }
        String name = message.path("username").asString("");
        String bot = message.path("bot_id").asString(name);
        if (bot.isBlank()) {
            throw new IllegalArgumentException("user is missing");
        }
        intake.person(new Person("bot:" + bot, name.isBlank() ? bot : name, name.isBlank() ? bot : name));
        return "bot:" + bot;
    }

    /** People of other workspaces are in no list, and introduce themselves with each message. */
    private void introduce(String user, JsonNode profile) throws IOException {
        String name = profile.path("name").asString("");
        if (!name.isBlank()) {
            String real = profile.path("real_name").asString("");
            intake.person(new Person(user, name, real.isBlank() ? name : real));
        }
    }

    private String content(JsonNode message, String written) throws IOException {
        List<String> parts = new ArrayList<>();
        if (!written.isBlank()) {
            parts.add(text.readable(written));
        }
        for (JsonNode file : message.path("files")) {
            Attachment.of(file).ifPresent(parts::add);
        }
        // What a bot shows below an empty text is all that it says.
        if (written.isBlank()) {
            for (JsonNode attachment : message.path("attachments")) {
                String shown = shown(attachment);
                if (!shown.isBlank()) {
                    parts.add(text.readable(shown));
                }
            }
        }
        return String.join("\n", parts);
    }

    private static String shown(JsonNode attachment) {
        String fallback = attachment.path("fallback").asString("");
        return fallback.isBlank() || fallback.equals("[no preview available]")
            ? attachment.path("text").asString(attachment.path("title").asString(""))
            : fallback;
    }

    private static @Nullable Long thread(JsonNode message, long place) {
        if (!message.hasNonNull("thread_ts")) {
            return null;
        }
        long first = micros(message.path("thread_ts"));
        return first < place ? first : null;
    }

    private static List<Reaction> reactions(JsonNode given) {
        List<Reaction> reactions = new ArrayList<>();
        for (JsonNode reaction : given) {
            List<String> people = new ArrayList<>();
            reaction.path("users").forEach(user -> people.add(user.asString("")));
            people.removeIf(String::isBlank);
            String name = reaction.path("name").asString("");
            if (!name.isBlank() && !people.isEmpty()) {
                reactions.add(new Reaction(":" + name + ":", people));
            }
        }
        return reactions;
    }
}
