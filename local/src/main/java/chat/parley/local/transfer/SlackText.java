package chat.parley.local.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slack's text as people read it. What stands between angle brackets is an address of Slack's, with what it shows behind
 * a bar; {@code & < >} are written as entities. Source: Slack's "Formatting text for app surfaces".
 */
final class SlackText {

    private static final Pattern ADDRESS = Pattern.compile("<([^<>|]+)(?:\\|([^<>]*))?>");

    private final Intake people;

    SlackText(Intake people) {
        this.people = people;
    }

    String readable(String text) throws IOException {
        StringBuilder readable = new StringBuilder();
        Matcher addresses = ADDRESS.matcher(text);
        int end = 0;
        while (addresses.find()) {
            readable.append(text, end, addresses.start());
            String shown = addresses.group(2);
            readable.append(shown(addresses.group(1), shown == null ? "" : shown));
            end = addresses.end();
        }
        return decoded(readable.append(text, end, text.length()).toString());
    }

    /** Whom it names, by their ids there. */
    static List<String> mentioned(String text) {
        List<String> mentioned = new ArrayList<>();
        Matcher addresses = ADDRESS.matcher(text);
        while (addresses.find()) {
            if (isPerson(addresses.group(1))) {
                mentioned.add(addresses.group(1).substring(1));
            }
        }
        return mentioned;
    }

    private static boolean isPerson(String address) {
        return address.startsWith("@") && address.length() > 1;
    }

    private String shown(String address, String shown) throws IOException {
        if (isPerson(address)) {
            return "@" + people.usernameOf(address.substring(1));
        }
        return switch (address.charAt(0)) {
            case '#' -> "#" + (shown.isEmpty() ? address.substring(1) : shown);
            case '!' -> special(address.substring(1), shown);
            default -> link(address, shown);
        };
    }

    private static String special(String address, String shown) {
        if (!shown.isEmpty()) {
            return shown;
        }
        // here, channel and everyone are words to their readers; of what has arguments the first word says most.
        return "@" + address.replaceFirst("\\^.*$", "");
    }

    private static String link(String address, String shown) {
        String plain = address.replaceFirst("^(mailto|tel):", "");
        boolean saysTheSame = shown.isEmpty() || address.endsWith("//" + shown) || plain.equals(shown);
        return saysTheSame ? plain : shown + " (" + plain + ")";
    }

    /** Once: what was written as {@code &amp;lt;} was {@code &lt;}. */
    private static String decoded(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
