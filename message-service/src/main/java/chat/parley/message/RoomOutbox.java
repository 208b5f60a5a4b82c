package chat.parley.message;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this instance has written to a room's outbox and how far each entry has come: owed, told, struck out. The
 * truth stands in the pages; this saves reading it. The room's lane and its relay share it.
 */
final class RoomOutbox {

    private final Map<PageId, Account> pages = new LinkedHashMap<>();
    private final Deque<Owed> owed = new ArrayDeque<>();
    private final AtomicInteger owedByAll;

    /**
     * @param owedByAll counts the owed announcements of all rooms
     */
    RoomOutbox(AtomicInteger owedByAll) {
        this.owedByAll = owedByAll;
    }

    synchronized boolean isMarked(PageId page, String by) {
        Account account = pages.get(page);
        return account != null && by.equals(account.markedBy);
    }

    synchronized void marked(PageId page, String by) {
        account(page).markedBy = by;
    }

    /** Messages are going to be appended to it, and an append's answer may get lost. */
    synchronized void grows(PageId page) {
        account(page).grows = true;
    }

    /** The pages that messages have been appended to. */
    synchronized List<PageId> growing() {
        return pages(account -> account.grows);
    }

    /** The pages of which only what was there has been changed. */
    synchronized List<PageId> onlyChanged() {
        return pages(account -> !account.grows);
    }

    private List<PageId> pages(Predicate<Account> wanted) {
        return pages
            .entrySet()
            .stream()
            .filter(page -> wanted.test(page.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    }

    private Account account(PageId page) {
        return pages.computeIfAbsent(page, _ -> new Account());
    }

    /** An entry has been written. */
    synchronized void add(Owed entry) {
        account(entry.page).owed.add(entry.version);
        owed.add(entry);
        owedByAll.addAndGet(entry.entry.announcements().size());
    }

    /** Takes over what stands in a page in the name of this incarnation and is not known here: its write got lost. */
    synchronized void adopt(Page page, String by) {
        page
            .outbox()
            .forEach((version, entry) -> {
                if (entry.by().equals(by) && !knows(page.id(), version)) {
                    add(new Owed(page.id(), version, entry, false));
                }
            });
    }

    private boolean knows(PageId page, long version) {
        Account account = pages.get(page);
        return account != null && account.knows(version);
    }

    /**
     * The oldest entries that have not been told of; at least one if there is any. One that has to be told behind
     * others' comes first or next time.
     */
    synchronized List<Owed> next(int announcements) {
        List<Owed> next = new ArrayList<>();
        int size = 0;
        for (Owed entry : owed) {
            size += entry.entry.announcements().size();
            if (!next.isEmpty() && (size > announcements || !entry.entry.behind().isEmpty())) {
                break;
            }
            next.add(entry);
        }
        return next;
    }

    /** The oldest ones have been told of. */
    synchronized void told(List<Owed> entries) {
        disown(entries);
        entries.forEach(entry -> account(entry.page).told.add(entry.version));
    }

    /** These are another's debts now. */
    synchronized void disown(List<Owed> entries) {
        for (Owed entry : entries) {
            owed.remove(entry);
            owedByAll.addAndGet(-entry.entry.announcements().size());
            account(entry.page).owed.remove(entry.version);
        }
    }

    /** Whether nothing but the telling, or the striking, is left of the entry. */
    synchronized boolean isPaid(PageId page, long version) {
        Account account = pages.get(page);
        boolean isTold = account != null && account.told.contains(version);
        return isTold || owed.stream().anyMatch(entry -> entry.paid && entry.is(page, version));
    }

    synchronized boolean hasToStrike() {
        return pages
            .values()
            .stream()
            .anyMatch(account -> !account.told.isEmpty());
    }

    synchronized List<Long> toldOf(PageId page) {
        Account account = pages.get(page);
        return account == null ? List.of() : List.copyOf(account.told);
    }

    synchronized void struck(PageId page, Collection<Long> versions) {
        account(page).told.removeAll(versions);
    }

    synchronized List<PageId> pages() {
        return List.copyOf(pages.keySet());
    }

    /** Whether nothing is owed on the page any more, not even a stroke. */
    synchronized boolean isSettled(PageId page) {
        Account account = pages.get(page);
        return account != null && account.owed.isEmpty() && account.told.isEmpty();
    }

    /** Who has marked the page; null if nobody here. */
    synchronized @Nullable String markedBy(PageId page) {
        Account account = pages.get(page);
        return account == null ? null : account.markedBy;
    }

    synchronized void forget(PageId page) {
        pages.remove(page);
    }

    synchronized boolean isEmpty() {
        return pages.isEmpty();
    }

    synchronized boolean owesNothing() {
        return owed.isEmpty();
    }

    synchronized Optional<Instant> oldest() {
        return Optional.ofNullable(owed.peek()).map(entry -> entry.entry.at());
    }

    /**
     * @param paid whether nothing is owed but the telling
     */
    record Owed(PageId page, long version, OutboxEntry entry, boolean paid) {
        private boolean is(PageId otherPage, long otherVersion) {
            return version == otherVersion && page.equals(otherPage);
        }
    }

    private static final class Account {

        private @Nullable String markedBy;
        private boolean grows;
        private final Set<Long> owed = new TreeSet<>();
        private final Set<Long> told = new TreeSet<>();

        boolean knows(long version) {
            return owed.contains(version) || told.contains(version);
        }
    }
}
