package chat.parley.service.security;

import java.util.List;

/**
 * What of a service needs no access token, as path patterns; a service without such a bean has none.
 *
 * @param patterns of Spring's path syntax, such as {@code /media/**}
 */
public record PublicPaths(List<String> patterns) {
    public PublicPaths {
        patterns = List.copyOf(patterns);
    }

    public static PublicPaths of(String... patterns) {
        return new PublicPaths(List.of(patterns));
    }
}
