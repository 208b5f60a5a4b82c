package chat.parley.realtime.channels.app;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From which pages browsers may connect: {@code scheme://host} or {@code scheme://host:port} as browsers write it in
 * {@code Origin} (RFC 6454, section 7), where {@code *} stands for any letters, digits, dots and dashes. It keeps other
 * people's pages out, not other people's programs: who is no browser writes there what it likes, or nothing.
 */
public final class Origins {

    private static final Pattern FORM = Pattern.compile(
        "\\*|null|[a-z][a-z0-9+.-]*://[A-Za-z0-9*.\\[\\]:_-]+"
    );

    private final List<Pattern> patterns;

    /** @throws IllegalArgumentException if one of them can be no origin */
    public Origins(List<String> patterns) {
        this.patterns = patterns.stream().map(Origins::compiled).toList();
    }

    private static Pattern compiled(String origin) {
        if (!FORM.matcher(origin).matches()) {
            throw new IllegalArgumentException(
                "'" +
                    origin +
                    "' is no origin: it is written scheme://host or scheme://host:port, with * in it or not"
            );
        }
        if (origin.equals("*")) {
            return Pattern.compile(".*");
        }
        return Pattern.compile(
            Stream.of(origin.toLowerCase(Locale.ROOT).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[a-z0-9.-]*"))
        );
    }

    /** @param origin null where the client names none: browsers always do */
    public boolean admit(@Nullable String origin) {
        if (origin == null || patterns.isEmpty()) {
            return true;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(pattern -> pattern.matcher(lower).matches());
    }

    @Override
    public String toString() {
        return patterns.toString();
    }
}
