package chat.parley.local.transfer;

import chat.parley.local.transfer.Line.Kind;
import chat.parley.local.transfer.People.Here;
import chat.parley.local.transfer.Services.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/**
 * Brings what a file holds into the rooms here, in batches: those of one room one after the other, several rooms side by
 * side. How far it has come is written by message-service, in the same write as the messages; so whenever and however
 * this ends, another run goes on there.
 */
final class Importer implements Intake, AutoCloseable {

    static final int ROOMS_AT_ONCE = 8;

    private static final int BATCHES_AHEAD = 48;
    private static final int PENDING = 8_192;
    private static final int PENDING_CHARACTERS = 4 << 20;
    private static final int MEMBERS_A_CALL = 250;
    private static final int ADMITTED = 200_000;

    private final Services services;
    private final Plan plan;
    private final Tally tally;
    private final People people;
    private final Map<String, OpenRoom> rooms = new HashMap<>();
    private final ExecutorService senders = Executors.newFixedThreadPool(
        ROOMS_AT_ONCE,
        Thread.ofPlatform().name("import-", 0).daemon().factory()
    );
    private final Semaphore ahead = new Semaphore(BATCHES_AHEAD);
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private volatile boolean stopped;
    private int pending;
    private int pendingCharacters;
    private int admitted;

    Importer(Services services, Plan plan, Tally tally) {
        this.services = services;
        this.plan = plan;
        this.tally = tally;
        this.people = new People(services, plan);
    }

    /** Whoever reads ends at the next message; what has been sent is stored. */
    void stop() {
        stopped = true;
    }

    @Override
    public void person(Person person) {
        people.introduce(person);
    }

    @Override
    public String usernameOf(String person) throws IOException {
        return people.here(person).username();
    }

    @Override
    public void fault(String place, String reason) throws IOException {
        tally.fault(place, reason);
        if (plan.strict()) {
            throw new IOException(place + ": " + reason);
        }
    }

    @Override
    public void progress(long bytes) {
        tally.read(bytes);
    }

    @Override
    public void room(Room room) throws IOException {
        requireGoingOn();
        Collection<Here> members = new LinkedHashSet<>(people.here(room.members()).values());
        Room.Type type = members.size() == 2 || room.type() != Room.Type.PRIVATE
            ? room.type()
            : Room.Type.GROUP;
        boolean isGovernedByAll = room.government() == Room.Government.MEMBERS;
        Map<String, Object> asked = new HashMap<>();
        asked.put("external_id", People.idOf(room.id()));
        asked.put("type", type.name().toLowerCase(Locale.ROOT));
        asked.put("name", CleanText.name(room.name(), 80));
        asked.put("actor", plan.operator());
        asked.put("admin_ids", isGovernedByAll ? members.stream().map(Here::userId).toList() : List.of());
        if (room.topic() != null) {
            asked.put("topic", CleanText.name(room.topic(), 500));
        }
        if (room.createdAt() != null) {
            asked.put("created_at", room.createdAt().toString());
        }
        JsonNode made = services.tellRooms("/internal/imports/" + plan.source() + "/rooms", asked);
        OpenRoom open = new OpenRoom(
            made.path("room_id").asString(""),
            made.path("actor_id").asString(""),
            type == Room.Type.PRIVATE
        );
        open.position = services
            .askMessages("/internal/imports/" + plan.source() + "/rooms/" + open.id)
            .path("position")
            .asLong(-1);
        rooms.put(room.id(), open);
        tally.room();
        admit(open, members);
    }

    @Override
    public void line(Line line) throws IOException {
        requireGoingOn();
        OpenRoom room = rooms.get(line.room());
        if (room == null) {
            throw new IllegalStateException("nobody has told of the room " + line.room());
        }
        List<String> pieces = line.kind() == Kind.DELETED ? List.of("") : CleanText.pieces(line.content());
        if (pieces.isEmpty()) {
            fault(place(line), "is empty");
        }
        for (int part = 0; part < pieces.size(); part++) {
            long position = Position.of(line.place(), part);
            if (position <= room.position) {
                tally.known();
            } else {
                add(room, new Batch.Item(position, line.with(pieces.get(part)), part == 0));
            }
        }
    }

    private static String place(Line line) {
        return "room " + line.room() + ", " + line.place();
    }

    private void add(OpenRoom room, Batch.Item item) throws IOException {
        if (!room.pending.hasSpaceFor(item)) {
            dispatch(room);
        }
        room.pending.add(item);
        pending++;
        pendingCharacters += item.line().content().length();
        if (pending >= PENDING || pendingCharacters >= PENDING_CHARACTERS) {
            dispatchAll();
        }
    }

    private void dispatchAll() throws IOException {
        for (OpenRoom room : rooms.values()) {
            dispatch(room);
        }
    }

    private void dispatch(OpenRoom room) throws IOException {
        Batch batch = room.pending;
        if (batch.isEmpty()) {
            return;
        }
        room.pending = new Batch();
        pending -= batch.size();
        pendingCharacters -= batch.characters();
        Map<String, Here> here = people.here(batch.people());
        List<String> newcomers = newcomers(room, batch.participants().stream().map(here::get).toList());
        await();
        room.last = room.last.thenRunAsync(() -> sendUnlessFailed(room, batch, here, newcomers), senders);
    }

    private void await() throws IOException {
        try {
            ahead.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void sendUnlessFailed(
        OpenRoom room,
        Batch batch,
        Map<String, Here> here,
        List<String> newcomers
    ) {
        try {
            if (failure.get() == null) {
                admit(room, newcomers);
                send(room, batch, here);
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        } finally {
            ahead.release();
        }
    }

    /** What the service does not take is found by halves, and left out. */
    private void send(OpenRoom room, Batch batch, Map<String, Here> here) throws IOException {
        try {
            JsonNode answer = services.tellMessages(
                "/internal/imports/" + plan.source() + "/rooms/" + room.id + "/messages",
                Map.of("actor_id", room.actor, "messages", batch.body(here))
            );
            tally.stored(answer.path("stored").asInt(0));
        } catch (Refused refused) {
            if (!refused.isAboutTheContent()) {
                throw refused;
            }
            if (batch.size() == 1) {
                fault(place(batch.first().line()), String.valueOf(refused.getMessage()));
            } else {
                for (Batch half : batch.halves()) {
                    send(room, half, here);
                }
            }
        }
    }

    /** Those who are not known to be in the room. */
    private List<String> newcomers(OpenRoom room, Collection<Here> present) {
        if (admitted > ADMITTED) {
            // They are asked for again, which changes nothing.
            rooms.values().forEach(one -> one.admitted.clear());
            admitted = 0;
        }
        List<String> newcomers = new ArrayList<>();
        for (Here one : present) {
            if (!room.isClosed && room.admitted.add(one.userId())) {
                newcomers.add(one.userId());
            }
        }
        admitted += newcomers.size();
        return newcomers;
    }

    private void admit(OpenRoom room, Collection<Here> members) throws IOException {
        admit(room, newcomers(room, members));
    }

    private void admit(OpenRoom room, List<String> users) throws IOException {
        for (int from = 0; from < users.size(); from += MEMBERS_A_CALL) {
            services.tellRooms(
                "/internal/imports/" + plan.source() + "/rooms/" + room.id + "/members",
                Map.of(
                    "actor_id",
                    room.actor,
                    "user_ids",
                    users.subList(from, Math.min(users.size(), from + MEMBERS_A_CALL))
                )
            );
        }
    }

    private void requireGoingOn() throws IOException {
        IOException failed = failure.get();
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
        if (stopped) {
            throw new Stopped();
        }
    }

    /** Sends what is left and waits until all of it is stored. */
    void finish() throws IOException {
        dispatchAll();
        for (OpenRoom room : rooms.values()) {
            room.last.join();
        }
        IOException failed = failure.get();
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }

    /** A room as it is here, and what waits for it. */
    private static final class OpenRoom {

        private final String id;
        private final String actor;
        private final boolean isClosed;
        private final Set<String> admitted = new HashSet<>();
        private long position;
        private Batch pending = new Batch();
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

        /** @param isClosed whether it is of two, and nobody else comes in */
        OpenRoom(String id, String actor, boolean isClosed) {
            this.id = id;
            this.actor = actor;
            this.isClosed = isClosed;
        }
    }

    /** Somebody has asked for the end. */
    static final class Stopped extends IOException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped");
        }
    }
}
