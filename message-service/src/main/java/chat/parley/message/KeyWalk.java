package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.sealing.KeyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A walk over all pages of all rooms, after which one key alone is needed to read them.
 *
 * @param key which that is
 * @param since when all instances were first seen to seal with it
 * @param next the page to look at next; null before the first room
 * @param renewed how many pages have been sealed anew
 * @param unopened how many messages could not be, since they do not open
 * @param finished when it was over; null until then
 */
record KeyWalk(
    KeyId key,
    Instant since,
    @Nullable PageId next,
    long renewed,
    long unopened,
    @Nullable Instant finished
) {
    static KeyWalk of(KeyId key, Instant since) {
        return new KeyWalk(key, since, null, 0, 0, null);
    }

    boolean isFinishedFor(KeyId wanted) {
        return finished != null && key.equals(wanted);
    }

    /** This page comes next, the first one of its room. */
    KeyWalk into(PageId first) {
        return at(first, 0, 0);
    }

    /** The page after this one comes next. */
    KeyWalk past(PageId page, Renewal.Seen seen) {
        return at(page.next(), seen.isRenewed() ? 1 : 0, seen.unopened());
    }

    private KeyWalk at(PageId page, long moreRenewed, long moreUnopened) {
        return new KeyWalk(key, since, page, renewed + moreRenewed, unopened + moreUnopened, null);
    }

    KeyWalk finished(Instant when) {
        return new KeyWalk(key, since, next, renewed, unopened, when);
    }
}
