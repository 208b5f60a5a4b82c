package chat.parley.message;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageEvent.MessagesImported;
import chat.parley.message.OutboxEntry.Announcement;
import chat.parley.message.OutboxEntry.Reactor;
import chat.parley.sealing.MessageSealer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One write: some messages onto the end of a page, and everything that has to become true with them.
 *
 * @param before what the page must still be for the write to happen
 * @param after what it is then, without its outbox
 * @param messages the new ones
 * @param threads those of the page that got replies on the same page
 * @param entry what the write owes
 */
record Append(
    Page before,
    Page after,
    List<Message> messages,
    Map<Long, Replies> threads,
    OutboxEntry entry
) {
    /**
     * @param drafts at most as many as the page has space for
     * @param writer who writes
     * @param now the clock's time; a room's times never go back, whatever the clocks of two instances say
     */
    static Append onto(Page page, List<Draft> drafts, Writer writer, Instant now) {
        Instant at = timeOn(page, now.truncatedTo(ChronoUnit.MILLIS));
        List<Message> messages = new ArrayList<>(drafts.size());
        List<Announcement> announcements = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            Message message = Message.of(
                page.id().room(),
                page.next() + messages.size(),
                draft,
                at,
                writer.sealer()
            );
            messages.add(message);
            announcements.add(announcementOf(message, draft));
        }
        return of(
            page,
            messages,
            new OutboxEntry(
                writer.by(),
                at,
                announcements,
                repliesElsewhere(page, messages),
                List.of(),
                carriages(messages),
                List.of()
            )
        );
    }

    /**
     * Messages of an import, with times of their own; one event tells of them all.
     */
    static Append bringing(Page page, Brought brought, Writer writer, Instant now) {
        RoomId room = page.id().room();
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        List<Message> messages = new ArrayList<>(brought.messages().size());
        List<Reactor> reactors = new ArrayList<>();
        for (int i = 0; i < brought.messages().size(); i++) {
            Imported imported = brought.messages().get(i);
            Body body = Body.of(room, page.next() + i, imported.says(), writer.sealer());
            messages.add(imported.as(body, brought.source(), brought.parents().get(i), at));
            reactors.addAll(imported.spilling(body.seq()));
        }
        Instant latest = messages.stream().map(Message::at).max(Instant::compareTo).orElse(at);
        MessagesImported event = new MessagesImported(
            EventId.random(),
            at,
            room,
            messages.getFirst().seq(),
            messages.getLast().seq(),
            latest
        );
        Announcement announcement = Announcement.of(messages.getFirst().seq(), event, List.of());
        OutboxEntry entry = new OutboxEntry(
            writer.by(),
            at,
            List.of(announcement),
            repliesElsewhere(page, messages),
            reactors,
            carriages(messages),
            List.of()
        );
        return of(page, messages, entry).importing(brought);
    }

    private Append importing(Brought brought) {
        Map<String, Long> imports = new HashMap<>(after.imports());
        imports.put(brought.source(), brought.messages().getLast().position());
        Page reached = new Page(
            after.id(),
            after.version(),
            after.gone(),
            after.messages(),
            after.threads(),
            after.outbox(),
            imports
        );
        return new Append(before, reached, messages, threads, entry);
    }

    /**
     * A part of an import that fits onto the page.
     *
     * @param parents the seq of the thread's first message for each of the messages, or null
     */
    record Brought(String source, List<Imported> messages, List<@Nullable Long> parents) {}

    private static Append of(Page page, List<Message> messages, OutboxEntry entry) {
        Map<Long, Replies> threads = repliesHere(page, messages);
        List<Message> all = new ArrayList<>(page.messages());
        all.addAll(messages);
        Map<Long, Replies> allThreads = new HashMap<>(page.threads());
        allThreads.putAll(threads);
        Page after = new Page(
            page.id(),
            page.version() + 1,
            page.gone(),
            all,
            allThreads,
            new TreeMap<>(),
            page.imports()
        );
        return new Append(page, after, List.copyOf(messages), threads, entry);
    }

    /** In milliseconds, as the store and the wire have it: what is answered is what is kept. */
    private static Instant timeOn(Page page, Instant now) {
        return page.messages().isEmpty() ? now : later(now, page.messages().getLast().at());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Announcement announcementOf(Message message, Draft draft) {
        MessageSent sent = new MessageSent(
            draft.event(),
            message.at(),
            draft.socketId(),
            message.room(),
            message.sealed(Replies.NONE)
        );
        return Announcement.of(message.seq(), sent, message.mentions());
    }

    private static List<OutboxEntry.Carriage> carriages(List<Message> messages) {
        return messages.stream().flatMap(OutboxEntry.Carriage::begin).toList();
    }

    private static Map<Long, Replies> repliesHere(Page page, List<Message> messages) {
        Map<Long, Replies> threads = new HashMap<>();
        for (Message message : messages) {
            Long parent = message.parent();
            if (parent != null && parent >= page.firstSeq()) {
                threads.put(parent, threads.getOrDefault(parent, page.repliesTo(parent)).plus(message.at()));
            }
        }
        return threads;
    }

    private static List<OutboxEntry.Reply> repliesElsewhere(Page page, List<Message> messages) {
        List<OutboxEntry.Reply> replies = new ArrayList<>();
        for (Message message : messages) {
            Long parent = message.parent();
            if (parent != null && parent < page.id().firstSeq()) {
                replies.add(new OutboxEntry.Reply(parent, message.seq(), message.at()));
            }
        }
        return replies;
    }

    /**
     * @param by the incarnation that writes
     * @param sealer what seals its messages, each once, for the page and for its event
     */
    record Writer(String by, MessageSealer sealer) {}
}
