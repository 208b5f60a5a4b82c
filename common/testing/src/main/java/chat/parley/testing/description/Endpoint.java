package chat.parley.testing.description;

import java.util.regex.Pattern;

/** A method and a path, in which names of variables do not matter. */
public record Endpoint(String method, String path) {
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

    public Endpoint {
        path = VARIABLE.matcher(path).replaceAll("{}");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
