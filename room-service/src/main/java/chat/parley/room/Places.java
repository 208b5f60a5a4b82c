package chat.parley.room;

import chat.parley.service.paging.Cursor;
import java.time.Instant;
import java.util.UUID;

/** Reads the parts of cursors, which are a client's to tamper with. */
public final class Places {

    private static final long YEAR_10000 = 253_402_300_800_000L;

    private Places() {}

    /** A time in milliseconds, as it stands in the database. */
    public static Instant time(Cursor cursor, int part) {
        try {
            long millis = Long.parseLong(cursor.part(part));
            if (millis < 0 || millis >= YEAR_10000) {
                throw Cursor.bad();
            }
            return Instant.ofEpochMilli(millis);
        } catch (NumberFormatException e) {
            throw Cursor.bad();
        }
    }

    public static UUID id(Cursor cursor, int part) {
        try {
            return UUID.fromString(cursor.part(part));
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    public static String text(Cursor cursor, int part) {
        String text = cursor.part(part);
        if (text.codePoints().anyMatch(Fields::isUnprintable)) {
            throw Cursor.bad();
        }
        return text;
    }

    /** The part that {@link #time} reads. */
    public static String of(Instant time) {
        return Long.toString(time.toEpochMilli());
    }
}
