package chat.parley.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A thousand lines that people wrote in #ubuntu on 15 November 2004, in order. Their nicknames are folded onto few
 * authors: the first to speak is author 0, the next one author 1, and so on round and round.
 */
record RealConversation(List<Line> lines) {
    private static final String FILE = "/ubuntu-irc/first-room.jsonl";

    static RealConversation read(int authors) {
        try (var in = RealConversation.class.getResourceAsStream(FILE)) {
            List<JsonNode> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(Api.JSON::readTree)
                .toList();
            List<String> nicknames = List.copyOf(nicknamesIn(lines));
            return new RealConversation(
                lines
                    .stream()
                    .map(line -> Line.of(line, nicknames, authors))
                    .toList()
            );
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> nicknamesIn(List<JsonNode> lines) {
        Set<String> nicknames = new LinkedHashSet<>();
        lines.forEach(line -> nicknames.add(line.path("user").asString()));
        // A copy of a LinkedHashSet into a list keeps its order.
        return nicknames;
    }

    /**
     * @param number the line's number in the log
     * @param answers the number of an earlier line that this one answers
     */
    record Line(int number, int author, String content, Optional<Integer> answers) {
        static Line of(JsonNode line, List<String> nicknames, int authors) {
            int number = line.path("line").asInt();
            return new Line(
                number,
                nicknames.indexOf(line.path("user").asString()) % authors,
                line.path("content").asString(),
                line
                    .path("reply_to")
                    .valueStream()
                    .map(JsonNode::asInt)
                    .filter(earlier -> earlier < number)
                    .findFirst()
            );
        }
    }
}
