package chat.parley.flawed.dates;

import java.time.Instant;
import java.util.Date;

@SuppressWarnings("JavaUtilDate")
final class Dates {

    Date kept;

    Date returned() {
        return kept;
    }

    void taken(Date date) {}

    long made() {
        return new Date().getTime();
    }

    Instant now() {
        return Instant.now();
    }
}
