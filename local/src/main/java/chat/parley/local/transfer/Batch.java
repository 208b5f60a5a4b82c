package chat.parley.local.transfer;

import chat.parley.local.transfer.Line.Kind;
import chat.parley.local.transfer.Line.Reaction;
import chat.parley.local.transfer.People.Here;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Messages of one room that go in one call: three pages of them, and never more than the services take at once. */
final class Batch {

    private static final int MESSAGES = 192;

    // Each is at most four bytes of JSON, and a quarter of a megabyte is where the services' patience ends.
    private static final int CHARACTERS = 48_000;
    private static final int REACTIONS = 1_500;
    private static final int KINDS = 50;
    private static final int MOST_MENTIONED = 100;

    private final List<Item> items = new ArrayList<>();
    private int characters;
    private int reactions;

    boolean hasSpaceFor(Item item) {
        return (
            items.isEmpty() ||
            (items.size() < MESSAGES &&
                characters + item.line.content().length() <= CHARACTERS &&
                reactions + item.weight() <= REACTIONS)
        );
    }

    void add(Item item) {
        items.add(item);
        characters += item.line.content().length();
        reactions += item.weight();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    int characters() {
        return characters;
    }

    Item first() {
        return items.getFirst();
    }

    List<Batch> halves() {
        int middle = items.size() / 2;
        return List.of(of(items.subList(0, middle)), of(items.subList(middle, items.size())));
    }

    private static Batch of(List<Item> items) {
        Batch batch = new Batch();
        items.forEach(batch::add);
        return batch;
    }

    /** All who are named, in the order of their first word. */
    Set<String> people() {
        Set<String> people = participants();
        items.forEach(item -> people.addAll(item.line.mentions()));
        return people;
    }

    /** Those who said or did something, and so were in the room. */
    Set<String> participants() {
        Set<String> people = new LinkedHashSet<>();
        for (Item item : items) {
            String author = item.line.author();
            if (author != null) {
                people.add(author);
            }
            item.line.reactions().forEach(reaction -> people.addAll(reaction.people()));
        }
        return people;
    }

    List<Map<String, Object>> body(Map<String, Here> here) {
        return items
            .stream()
            .map(item -> item.body(here))
            .toList();
    }

    /**
     * @param isFirst whether it is the first part of its line, to which people reacted
     */
    record Item(long position, Line line, boolean isFirst) {
        private int weight() {
            return (
                line.mentions().size() +
                line
                    .reactions()
                    .stream()
                    .mapToInt(reaction -> reaction.people().size())
                    .sum()
            );
        }

        private Map<String, Object> body(Map<String, Here> here) {
            Map<String, Object> body = new HashMap<>();
            body.put("position", position);
            body.put("at", line.at().toString());
            body.put("type", line.kind() == Kind.SYSTEM ? "system" : "text");
            body.put("content", line.content());
            body.put("deleted", line.kind() == Kind.DELETED);
            String author = line.author();
            if (author != null) {
                body.put("user_id", id(here, author));
            }
            Long answers = line.answers();
            if (answers != null) {
                body.put("answers", Position.of(answers, 0));
            }
            if (line.editedAt() != null) {
                body.put("edited_at", line.editedAt().toString());
            }
            if (isFirst) {
                body.put("mentions", ids(here, line.mentions()).stream().limit(MOST_MENTIONED).toList());
                body.put("reactions", reactions(here));
            }
            return body;
        }

        private List<Map<String, Object>> reactions(Map<String, Here> here) {
            Map<String, Set<String>> kinds = new LinkedHashMap<>();
            for (Reaction reaction : line.reactions()) {
                String type = reaction.type().replaceFirst("::skin-tone-\\d:$", ":");
                if (kinds.containsKey(type) || kinds.size() < KINDS) {
                    kinds
                        .computeIfAbsent(type, _ -> new LinkedHashSet<>())
                        .addAll(ids(here, reaction.people()));
                }
            }
            List<Map<String, Object>> reactions = new ArrayList<>();
            kinds.forEach((type, users) -> reactions.add(Map.of("reaction_type", type, "user_ids", users)));
            return reactions;
        }

        private static Set<String> ids(Map<String, Here> here, Collection<String> people) {
            Set<String> ids = new LinkedHashSet<>();
            people.forEach(person -> ids.add(id(here, person)));
            return ids;
        }

        private static String id(Map<String, Here> here, String person) {
            return Objects.requireNonNull(here.get(person), person).userId();
        }
    }
}
