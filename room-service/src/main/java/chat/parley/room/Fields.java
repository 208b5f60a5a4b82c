package chat.parley.room;

import chat.parley.contracts.UserId;
import chat.parley.service.problem.Problem;
import chat.parley.service.problem.ValidationFailed;
import java.net.URI;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one request and collects their faults, so that the client hears of all of them at once. What a
 * reader returns for a faulty field is of no use: {@link #check()} comes before any use.
 */
public final class Fields {

    private static final int MAX_URL = 2_000;
    private static final UserId NOBODY = new UserId(new UUID(0, 0));

    private final List<Problem.Field> faults = new ArrayList<>();

    /** One line of text: trimmed, in NFC, {@code 1} to {@code max} characters, none of them a control character. */
    public String line(String field, @Nullable String given, int max) {
        String text = given == null ? "" : normalized(given);
        if (text.isEmpty()) {
            fault(field, "required", "must not be empty");
        }
        return limited(field, text, max);
    }

    /** As {@link #line}, but nothing at all is null. */
    public @Nullable String optionalLine(String field, @Nullable String given, int max) {
        String text = given == null ? "" : normalized(given);
        return text.isEmpty() ? null : limited(field, text, max);
    }

    /** What of a text from elsewhere somebody might have typed here: the rest is left out. Null if that is nothing. */
    public static @Nullable String salvaged(@Nullable String given, int max) {
        int[] printable = Normalizer.normalize(given == null ? "" : given, Normalizer.Form.NFC)
            .codePoints()
            .filter(character -> !isUnprintable(character))
            .limit(max)
            .toArray();
        return new Fields().optionalLine("text", new String(printable, 0, printable.length), max);
    }

    private String limited(String field, String text, int max) {
        if (text.codePointCount(0, text.length()) > max) {
            fault(field, "too_long", "must be at most " + max + " characters");
        } else if (text.codePoints().anyMatch(Fields::isUnprintable)) {
            fault(field, "invalid_characters", "must not contain control characters");
        }
        return text;
    }

    private static String normalized(String given) {
        String text = Normalizer.normalize(given, Normalizer.Form.NFC).strip();
        return text.codePoints().allMatch(Fields::isInvisible) ? "" : text;
    }

    /** What alone shows nothing: a name of non-breaking spaces or of joiners is no name. */
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR, Character.FORMAT -> true;
            default -> false;
        };
    }

    /** Control characters, line separators and halves of surrogate pairs, which no UTF-8 can carry. */
    public static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR -> true;
            case Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** The address of a picture: http, https or a path of this suite; nothing at all is null. */
    public @Nullable String picture(String field, @Nullable String given) {
        String text = optionalLine(field, given, MAX_URL);
        if (text != null && !isPicture(text)) {
            fault(field, "invalid_url", "must be an http or https URL, or a path");
        }
        return text;
    }

    private static boolean isPicture(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean onTheWeb = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
            return onTheWeb || (uri.getScheme() == null && text.startsWith("/") && !text.startsWith("//"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** One of an enum's values by its name in lower case; null if nothing is given. */
    public <E extends Enum<E>> @Nullable E choice(String field, @Nullable String given, Class<E> type) {
        if (given == null) {
            return null;
        }
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(given)) {
                return value;
            }
        }
        String choices = Arrays.stream(type.getEnumConstants())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
        fault(field, "unknown", "must be one of " + choices);
        return null;
    }

    /** A user's id, of which it is not yet known whether it is anybody's. */
    public UserId user(String field, @Nullable String given) {
        if (given == null) {
            fault(field, "required", "must not be empty");
            return NOBODY;
        }
        try {
            return UserId.of(given);
        } catch (IllegalArgumentException e) {
            fault(field, "unknown_user", "is no user");
            return NOBODY;
        }
    }

    public void fault(String field, String code, String message) {
        faults.add(new Problem.Field(field, code, message));
    }

    /**
     * @throws ValidationFailed with all faults, if there are any
     */
    public void check() {
        if (!faults.isEmpty()) {
            throw new ValidationFailed(faults);
        }
    }
}
