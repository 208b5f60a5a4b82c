package chat.parley.presence.typing;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an event tells of somebody's typing.
 *
 * @param typing whether they type; a message is a sign that they no longer do
 * @param at when they gave it
 */
record Sign(Typist typist, boolean typing, Instant at) {
    /**
     * The last one that each has given; of those given at the same time, the last in the order of the list. What was
     * before is over, and nobody need be told of it.
     */
    static Collection<Sign> latest(Iterable<Sign> signs) {
        Map<Typist, Sign> byTypist = new LinkedHashMap<>();
        signs.forEach(sign -> byTypist.merge(sign.typist, sign, Sign::later));
        return byTypist.values();
    }

    private static Sign later(Sign known, Sign next) {
        return next.at.isBefore(known.at) ? known : next;
    }
}
