package chat.parley.message;

import chat.parley.message.OutboxEntry.Announcement;
import chat.parley.message.OutboxEntry.Carriage;
import chat.parley.message.OutboxEntry.Reactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One write: some messages of a page as they are from now on, and everything that has to become true with them. The
 * counterpart of {@link Append}.
 *
 * @param before what the page must still be for the write to happen, with its outbox
 * @param after what it is then, without its outbox
 * @param messages those that have changed, as they are then
 * @param entry what the write owes
 */
record Change(Page before, Page after, List<Message> messages, OutboxEntry entry) {
    /** Whether nothing but the reactions to the message has changed: its words need not be written again. */
    boolean isOnlyReacted(Message message) {
        Message old = before.find(message.seq()).orElseThrow();
        return message.equals(old.reacted(message.reactions()));
    }

    /** A change that is being thought out: what each alteration sees is what those before it leave. */
    static final class Plan {

        private final Page before;
        private final List<Message> messages;
        private final Set<Long> changed = new HashSet<>();
        private final List<Announcement> announcements = new ArrayList<>();
        private final List<Reactor> reactors = new ArrayList<>();
        private final List<Carriage> carriages = new ArrayList<>();

        Plan(Page before) {
            this.before = before;
            this.messages = new ArrayList<>(before.messages());
        }

        Message message(long seq) {
            return messages.get(placeOf(seq));
        }

        boolean has(long seq) {
            int place = placeOf(seq);
            return place >= 0 && place < messages.size();
        }

        private int placeOf(long seq) {
            return before.placeOf(seq);
        }

        void take(Alteration.Outcome outcome) {
            if (outcome.event() != null) {
                long seq = outcome.message().seq();
                Message old = messages.set(placeOf(seq), outcome.message());
                note(old, outcome);
                changed.add(seq);
                announcements.add(Announcement.of(seq, outcome.event(), outcome.mentioned()));
            }
        }

        private void note(Message old, Alteration.Outcome outcome) {
            Message now = outcome.message();
            reactors.addAll(outcome.reactors());
            old
                .reactions()
                .stream()
                .filter(kind -> kind.spilled() && now.reaction(kind.type()).isEmpty())
                .map(kind -> new Reactor(old.seq(), kind.type(), null, Reactor.Step.ALL_OUT))
                .forEach(reactors::add);
            if (now.attachments().isEmpty()) {
                Carriage.end(old).forEach(carriages::add);
            }
        }

        /** Who is on the way by what the plan holds so far. */
        List<Reactor> reactors() {
            return List.copyOf(reactors);
        }

        boolean isEmpty() {
            return changed.isEmpty();
        }

        /**
         * @param by the incarnation that writes
         */
        Change by(String by, Instant at) {
            Page after = new Page(
                before.id(),
                before.version() + 1,
                before.gone(),
                messages,
                before.threads(),
                new TreeMap<>(),
                before.imports()
            );
            List<Message> news = changed.stream().sorted().map(this::message).toList();
            return new Change(
                before,
                after,
                news,
                new OutboxEntry(by, at, announcements, List.of(), reactors, carriages, behind(by))
            );
        }

        /** An instance's own entries are told in their order anyway. */
        private List<Long> behind(String by) {
            return before
                .outbox()
                .entrySet()
                .stream()
                .filter(owed -> !owed.getValue().by().equals(by) && owed.getValue().isAbout(changed))
                .map(Map.Entry::getKey)
                .toList();
        }
    }
}
