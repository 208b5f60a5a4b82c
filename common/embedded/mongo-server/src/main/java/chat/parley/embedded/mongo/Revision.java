package chat.parley.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An update that sets, unsets and pushes fields, made by copying nothing but the documents and arrays on the way to
 * these. The server itself copies the whole document several times and compares it as often, which is most of what an
 * append to a page of messages costs there. What two versions of a document share is never changed in place.
 *
 * @param steps none at or below another's path, so that their order does not matter
 */
record Revision(List<Step> steps) {
    private static final String DOT = ".";

    /** Empty for an update that is more than that, or is not allowed: the server knows what to do with these. */
    static Optional<Revision> of(Document update) {
        List<Step> steps = update
            .entrySet()
            .stream()
            .flatMap(operator -> steps(operator.getKey(), operator.getValue()))
            .toList();
        boolean isPlain = !steps.isEmpty() && steps.stream().allMatch(Step::isPlain) && areApart(steps);
        return isPlain ? Optional.of(new Revision(steps)) : Optional.empty();
    }

    private static Stream<Step> steps(String operator, Object fields) {
        return fields instanceof Document document
            ? document
                  .entrySet()
                  .stream()
                  .map(field -> step(operator, field))
            : Stream.of(new Step(List.of(), Operator.OTHER, null));
    }

    private static Step step(String operator, Map.Entry<String, Object> field) {
        List<String> path = List.of(field.getKey().split("\\.", -1));
        return switch (operator) {
            case "$set" -> new Step(path, Operator.SET, field.getValue());
            case "$unset" -> new Step(path, Operator.UNSET, null);
            case "$push" -> pushing(path, field.getValue());
            default -> new Step(path, Operator.OTHER, null);
        };
    }

    private static Step pushing(List<String> path, @Nullable Object value) {
        if (!(value instanceof Document modifiers)) {
            return new Step(path, Operator.OTHER, null);
        }
        boolean isEach = modifiers.size() == 1 && modifiers.get("$each") instanceof List<?>;
        return new Step(path, isEach ? Operator.PUSH : Operator.OTHER, modifiers.get("$each"));
    }

    private static boolean areApart(List<Step> steps) {
        List<String> paths = steps
            .stream()
            .map(step -> String.join(DOT, step.path) + DOT)
            .sorted()
            .toList();
        return Stream.iterate(1, i -> i < paths.size(), i -> i + 1).noneMatch(i ->
            paths.get(i).startsWith(paths.get(i - 1))
        );
    }

    /** Whether the document has the shape that all steps take it for. */
    boolean fits(Document document) {
        return steps.stream().allMatch(step -> step.fits(document, 0));
    }

    /** The document as it is afterwards; the one before stays as it was. */
    Document revise(Document document) {
        Document revised = document;
        for (Step step : steps) {
            revised = step.in(revised, 0);
        }
        return revised;
    }

    enum Operator {
        SET,
        UNSET,
        PUSH,
        OTHER,
    }

    /**
     * @param value what is set, or the list of what is pushed
     */
    record Step(List<String> path, Operator operator, @Nullable Object value) {
        /** No positional operators, nor anything that would touch the document's name. */
        private boolean isPlain() {
            return (
                operator != Operator.OTHER &&
                !path.getFirst().equals("_id") &&
                path.stream().noneMatch(name -> name.isEmpty() || name.startsWith("$"))
            );
        }

        private boolean isLast(int depth) {
            return depth == path.size() - 1;
        }

        private boolean fits(@Nullable Object node, int depth) {
            return switch (node) {
                case null -> true;
                case Document document -> fitsBelow(document.get(path.get(depth)), depth);
                case List<?> list -> isPlaceIn(list, depth) && fitsBelow(list.get(place(depth)), depth);
                default -> false;
            };
        }

        private boolean fitsBelow(@Nullable Object child, int depth) {
            if (!isLast(depth)) {
                return fits(child, depth + 1);
            }
            return operator != Operator.PUSH || child == null || child instanceof List<?>;
        }

        /** An array is neither extended by setting nor shortened by unsetting. */
        private boolean isPlaceIn(List<?> list, int depth) {
            return (
                path.get(depth).matches("\\d{1,6}") &&
                place(depth) < list.size() &&
                (isLast(depth) ? operator != Operator.UNSET : list.get(place(depth)) != null)
            );
        }

        private int place(int depth) {
            return Integer.parseInt(path.get(depth));
        }

        private Document in(Document document, int depth) {
            String name = path.get(depth);
            Object child = document.get(name);
            Document copy = document.clone();
            if (operator == Operator.UNSET && (isLast(depth) || child == null)) {
                copy.remove(name);
            } else {
                copy.put(name, below(child, depth));
            }
            return copy;
        }

        private List<Object> in(List<?> list, int depth) {
            List<Object> copy = new ArrayList<>(list);
            copy.set(place(depth), below(list.get(place(depth)), depth));
            return copy;
        }

        private @Nullable Object below(@Nullable Object child, int depth) {
            if (isLast(depth)) {
                return operator == Operator.PUSH ? longer((List<?>) child) : value;
            }
            return switch (child) {
                case List<?> list -> in(list, depth + 1);
                case Document document -> in(document, depth + 1);
                case null, default -> in(new Document(), depth + 1);
            };
        }

        private List<Object> longer(@Nullable List<?> list) {
            List<Object> longer = new ArrayList<>(list == null ? List.of() : list);
            longer.addAll((List<?>) Objects.requireNonNull(value));
            return longer;
        }
    }
}
