package chat.parley.room.identities;

import chat.parley.room.Username;
import chat.parley.service.security.Identity;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds usernames for somebody who did not choose one here. */
final class ChosenUsername {

    private static final int LAST_NUMBER = 9;
    private static final int RANDOM_ONES = 5;
    private static final int RANDOM_DIGITS = 8;

    private ChosenUsername() {}

    /**
     * What the person may be called, best first: the name they have there, or that of their mail box, as it can be
     * written here; then with a number; at last with one that nobody has yet.
     */
    static Stream<String> candidates(Identity identity) {
        String name = nameOf(identity);
        Stream<String> plain = name.isEmpty()
            ? Stream.empty()
            : Stream.concat(
                  Stream.of(name),
                  IntStream.rangeClosed(2, LAST_NUMBER).mapToObj(number ->
                      Username.ending(name, "-" + number)
                  )
              );
        Stream<String> certain = Stream.generate(() ->
            Username.ending(name.isEmpty() ? Username.NAMELESS : name, "-" + digits())
        ).limit(RANDOM_ONES);
        return Stream.concat(plain, certain)
            .filter(Username::isOne)
            .filter(one -> !Username.isReserved(one));
    }

    private static String nameOf(Identity identity) {
        String given = fitting(identity.username());
        return given.isEmpty() ? fitting(identity.email()) : given;
    }

    /** In lower case, without accents and without a domain; empty if nothing of it can be in a username. */
    private static String fitting(@Nullable String given) {
        return given == null ? "" : Username.like(given.strip().replaceFirst("@.*$", ""));
    }

    private static String digits() {
        return IntStream.range(0, RANDOM_DIGITS)
            .mapToObj(_ -> String.valueOf(ThreadLocalRandom.current().nextInt(10)))
            .reduce("", String::concat);
    }
}
