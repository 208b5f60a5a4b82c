package chat.parley.room.imports;

import chat.parley.room.Fields;
import chat.parley.room.Username;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of another chat.
 *
 * @param externalId who they are there
 * @param username what they are called there, any text
 * @param name as people see it; kept as far as a name here can be so
 * @param user the username of whom they are here already; null for somebody new
 */
record ForeignPerson(String externalId, String username, String name, @Nullable String user) {
    private static final int LONGEST_NAME = 80;
    private static final int LAST_NUMBER = 9;

    /** How many usernames there are to try, the last one certain but for an accident of hashing. */
    static final int CANDIDATES = LAST_NUMBER + 1;

    /**
     * @throws chat.parley.service.problem.ValidationFailed if a field is not as it must be
     */
    static ForeignPerson of(Request request) {
        Fields fields = new Fields();
        String externalId = fields.line("external_id", request.externalId, ForeignId.LONGEST);
        fields.check();
        String username = request.username == null ? externalId : request.username;
        String name = Fields.salvaged(request.name, LONGEST_NAME);
        return new ForeignPerson(externalId, username, name == null ? username : name, request.user);
    }

    /**
     * The username to try in this round, from 0: the nearest to the one they have, then with a number, at last with a
     * name's worth of digits that only they have. The same every time, whoever else is called so.
     */
    String candidate(String source, int round) {
        return candidates(source).get(round);
    }

    private List<String> candidates(String source) {
        String like = Username.like(username);
        boolean isPlain = !like.isEmpty() && !Username.isReserved(like);
        String name = like.isEmpty() ? Username.NAMELESS : like;
        Stream<String> numbered = IntStream.rangeClosed(2, LAST_NUMBER).mapToObj(number ->
            Username.ending(name, "-" + number)
        );
        String certain = Username.ending(name, "-" + digits(source));
        return Stream.of(isPlain ? Stream.of(name) : Stream.of(certain), numbered, Stream.of(certain))
            .flatMap(names -> names)
            .toList();
    }

    private String digits(String source) {
        byte[] identity = (source + "\n" + externalId).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(identity).toString().substring(0, 8);
    }

    String displayName() {
        String shown = Fields.salvaged(name, LONGEST_NAME);
        return shown == null ? Username.NAMELESS : shown;
    }

    /** What the importer sends. */
    record Request(
        @Nullable String externalId,
        @Nullable String username,
        @Nullable String name,
        @Nullable String user
    ) {}
}
