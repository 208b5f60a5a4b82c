package chat.parley.room.audit;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the log had come at some moment: whoever has noted one can tell later whether that much of it is still there.
 *
 * @param position of the last entry; 0 before the first
 * @param mac of that entry; empty before the first
 */
record Checkpoint(long position, byte[] mac) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Checkpoint of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a position, a colon and 64 hexadecimal digits: " + text);
        }
        return new Checkpoint(Long.parseLong(matcher.group(1)), HexFormat.of().parseHex(matcher.group(2)));
    }

    boolean isAt(long otherPosition, byte[] otherMac) {
        return position == otherPosition && Arrays.equals(mac, otherMac);
    }

    @Override
    public String toString() {
        return position + ":" + HexFormat.of().formatHex(mac);
    }
}
