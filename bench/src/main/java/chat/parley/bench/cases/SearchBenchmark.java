package chat.parley.bench.cases;

import chat.parley.bench.figures.Figure;
import chat.parley.bench.suite.Past;
import chat.parley.bench.suite.Past.Said;
import chat.parley.bench.suite.Person;
import chat.parley.bench.suite.Suite;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Searches over everything that was said in all rooms of the one who asks. */
public final class SearchBenchmark implements Benchmark {

    private static final int SPEAKERS = 20;
    private static final int PREFIX = 4;
    private static final long SEED = 7;

    private final @Nullable Path data;

    /** @param data what was said, see {@link Corpus#read}; null to make up as much */
    public SearchBenchmark(@Nullable Path data) {
        this.data = data;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public List<Figure> run(Suite suite, int rounds) throws IOException {
        Corpus corpus = data == null ? Corpus.madeUp(SEED) : Corpus.read(data);
        List<Person> people = Person.registerAll(suite, "bench-speaker-", SPEAKERS);
        Person searcher = people.getFirst();
        List<String> rooms = new ArrayList<>();
        long start = System.nanoTime();
        for (Map.Entry<String, List<Corpus.Line>> room : corpus.rooms().entrySet()) {
            String id = searcher.opensRoom(suite, room.getKey(), people.subList(1, SPEAKERS));
            new Past(suite.port("message-service")).of(
                id,
                searcher,
                room
                    .getValue()
                    .stream()
                    .map(line -> said(people, line))
                    .iterator()
            );
            rooms.add(id);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return measure(suite, rounds, searcher, queries(corpus, rooms), corpus.size(), seconds);
    }

    private static Said said(List<Person> people, Corpus.Line line) {
        return new Said(
            people.get(Math.floorMod(line.speaker(), people.size())).id(),
            line.at(),
            line.content()
        );
    }

    private static Map<String, String> queries(Corpus corpus, List<String> rooms) {
        String common = corpus.common();
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("a common word, all rooms", q(common));
        queries.put("a common word, one room", q(common) + "&room_id=" + rooms.get(rooms.size() / 2));
        queries.put("a rare word", q(corpus.rare()));
        queries.put("a common and a rare word", q(common + " " + corpus.rare()));
        queries.put("two words in quotes", q('"' + corpus.phrase() + '"'));
        queries.put("the beginning of a word", q(corpus.rare().substring(0, PREFIX)));
        queries.put("a word that nobody has said", q("qqqqzzzzxx"));
        return queries;
    }

    private static String q(String words) {
        return "?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    }

    private static List<Figure> measure(
        Suite suite,
        int rounds,
        Person searcher,
        Map<String, String> queries,
        int messages,
        double seconds
    ) throws IOException {
        Contest contest = new Contest();
        queries.forEach((name, query) ->
            contest.enter(name, suite.gatewayPort(), searcher.get("/api/chat/search" + query))
        );
        contest.warmUp().run(rounds);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of(messages + " messages, brought in", "/s", List.of(messages / seconds)));
        queries
            .keySet()
            .forEach(name -> {
                figures.add(contest.percentile(50, name));
                figures.add(contest.percentile(99, name));
            });
        return figures;
    }
}
