package chat.parley.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** All figures of a run, for people and for programs. */
public final class Report {

    private static final JsonMapper JSON = JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build();

    private final Map<String, Object> circumstances;
    private final Map<String, List<Figure>> benchmarks = new LinkedHashMap<>();

    public Report(Map<String, Object> circumstances) {
        this.circumstances = Map.copyOf(circumstances);
    }

    public void add(String benchmark, List<Figure> figures) {
        benchmarks.put(benchmark, List.copyOf(figures));
    }

    /** Aligned columns, the median between the lowest and the highest round. */
    public static String table(String benchmark, List<Figure> figures) {
        int width = figures
            .stream()
            .mapToInt(figure -> figure.name().length())
            .max()
            .orElse(0);
        String line = "  %-" + width + "s  %9s  %9s  %9s  %-6s %s";
        StringBuilder table = new StringBuilder(benchmark).append(System.lineSeparator());
        append(table, String.format(Locale.ROOT, line, "", "min", "median", "max", "", ""));
        for (Figure figure : figures) {
            Spread spread = figure.spread();
            append(
                table,
                String.format(
                    Locale.ROOT,
                    line,
                    figure.name(),
                    number(spread.min()),
                    number(spread.median()),
                    number(spread.max()),
                    figure.unit(),
                    figure.verdict()
                )
            );
        }
        return table.toString();
    }

    private static void append(StringBuilder table, String line) {
        table.append(line.stripTrailing()).append(System.lineSeparator());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    public void write(Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(circumstances);
        Map<String, Object> results = new LinkedHashMap<>();
        benchmarks.forEach((name, figures) -> results.put(name, json(figures)));
        all.put("benchmarks", results);
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writeValueAsString(all) + "\n");
    }

    private static List<Map<String, Object>> json(List<Figure> figures) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Figure figure : figures) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", figure.name());
            one.put("unit", figure.unit());
            one.put("min", figure.spread().min());
            one.put("median", figure.spread().median());
            one.put("max", figure.spread().max());
            if (!figure.verdict().isEmpty()) {
                one.put("verdict", figure.verdict());
            }
            all.add(one);
        }
        return all;
    }
}
