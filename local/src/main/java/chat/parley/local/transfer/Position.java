package chat.parley.local.transfer;

/**
 * How far a source has come in a room, as the room's pages remember it: a message's place there, and which part of it
 * where one too long became several.
 */
final class Position {

    static final int PARTS = 256;

    /** No source counts farther: microseconds since 1970 end here after the year 2500. */
    static final long MAX_PLACE = 1L << 54;

    private Position() {}

    static long of(long place, int part) {
        return place * PARTS + part;
    }
}
