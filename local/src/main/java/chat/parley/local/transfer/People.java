package chat.parley.local.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who the people of the file are here. Asked in the file's order, so that of namesakes the first has the name. */
final class People {

    private static final int A_CALL = 250;
    private static final int REMEMBERED = 100_000;
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NAME = 80;

    private final Services services;
    private final Plan plan;
    private final Map<String, Person> introduced = bounded();
    private final Map<String, Here> known = bounded();

    People(Services services, Plan plan) {
        this.services = services;
        this.plan = plan;
    }

    private static <T> Map<String, T> bounded() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    void introduce(Person person) {
        introduced.putIfAbsent(person.id(), person);
    }

    Here here(String person) throws IOException {
        return Objects.requireNonNull(here(Set.of(person)).get(person));
    }

    Map<String, Here> here(Collection<String> people) throws IOException {
        Map<String, Here> found = new HashMap<>();
        Set<String> missing = new LinkedHashSet<>();
        for (String person : people) {
            Here here = known.get(person);
            if (here == null) {
                missing.add(person);
            } else {
                found.put(person, here);
            }
        }
        List<String> ordered = List.copyOf(missing);
        for (int from = 0; from < ordered.size(); from += A_CALL) {
            found.putAll(settle(ordered.subList(from, Math.min(ordered.size(), from + A_CALL))));
        }
        known.putAll(found);
        return found;
    }

    private Map<String, Here> settle(List<String> people) throws IOException {
        List<Map<String, @Nullable String>> asked = new ArrayList<>();
        people.forEach(person -> asked.add(asked(person)));
        JsonNode answer = services.tellRooms(
            "/internal/imports/" + plan.source() + "/people",
            Map.of("people", asked)
        );
        Map<String, Here> here = new HashMap<>();
        int place = 0;
        for (JsonNode one : answer.path("people")) {
            here.put(
                people.get(place++),
                new Here(one.path("user_id").asString(""), one.path("username").asString(""))
            );
        }
        return here;
    }

    private Map<String, @Nullable String> asked(String id) {
        Person person = introduced.getOrDefault(id, Person.called(id));
        Map<String, @Nullable String> asked = new HashMap<>();
        asked.put("external_id", idOf(id));
        asked.put("username", CleanText.name(person.username(), LONGEST_ID));
        asked.put("name", CleanText.name(person.name(), LONGEST_NAME));
        asked.put("user", plan.users().getOrDefault(id, plan.users().get(person.username())));
        return asked;
    }

    /** As it can be kept; what had to be changed is told apart by a number made of the whole. */
    static String idOf(String id) {
        String clean = CleanText.name(id, LONGEST_ID - 16);
        boolean isWhole = clean.equals(id) && clean.codePoints().anyMatch(Character::isLetterOrDigit);
        return isWhole ? id : "~" + clean + "~" + Integer.toHexString(id.hashCode());
    }

    /** Somebody of the file, as a user. */
    record Here(String userId, String username) {}
}
