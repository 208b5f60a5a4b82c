package chat.parley.realtime.channels.fanout;

import java.util.ArrayList;
import java.util.List;

/**
 * Who has asked for a presence channel's members and not heard yet. What changes meanwhile is kept, for the list may
 * have been made before the change and arrive after it.
 */
public final class PendingJoin {

    private final List<MemberChange> changes = new ArrayList<>(0);

    void heard(MemberChange change) {
        changes.add(change);
    }

    List<MemberChange> since(long version) {
        return changes
            .stream()
            .filter(change -> change.version() > version)
            .toList();
    }
}
