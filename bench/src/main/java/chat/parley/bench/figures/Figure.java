package chat.parley.bench.figures;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a report.
 *
 * @param unit such as {@code ms} or {@code x}, the latter for ratios
 * @param atMost what the median should not be above; null if there is no such aim
 * @param atLeast what the median should not be below; null if there is no such aim
 */
public record Figure(
    String name,
    String unit,
    Spread spread,
    @Nullable Double atMost,
    @Nullable Double atLeast
) {
    public static Figure of(String name, String unit, List<Double> rounds) {
        return new Figure(name, unit, Spread.of(rounds), null, null);
    }

    /** Round by round the one by the other, so that what slows a whole round down is in both. */
    public static Figure ratio(String name, List<Double> ones, List<Double> others) {
        if (ones.size() != others.size()) {
            throw new IllegalArgumentException("rounds of one only");
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ones.size(); round++) {
            ratios.add(ones.get(round) / others.get(round));
        }
        return of(name, "x", ratios);
    }

    public Figure atMost(double aim) {
        return new Figure(name, unit, spread, aim, null);
    }

    public Figure atLeast(double aim) {
        return new Figure(name, unit, spread, null, aim);
    }

    /** Empty without an aim. */
    public String verdict() {
        if (atMost != null) {
            return (spread.median() <= atMost ? "met" : "MISSED") + ", aim <= " + atMost;
        }
        if (atLeast != null) {
            return (spread.median() >= atLeast ? "met" : "MISSED") + ", aim >= " + atLeast;
        }
        return "";
    }
}
