package chat.parley.message;

import chat.parley.testing.rooms.FakeRooms;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Three instances of the service, of which one at a time dies or is replaced. */
final class Fleet implements AutoCloseable {

    private static final int SIZE = 3;

    private final String database;
    private final FakeRooms rooms;
    private final FakeMedia media;
    private final List<Service> services = new CopyOnWriteArrayList<>();
    private final ExecutorService undertaker = Executors.newCachedThreadPool();

    Fleet(String database, FakeRooms rooms, FakeMedia media) {
        this.database = database;
        this.rooms = rooms;
        this.media = media;
        IntStream.range(0, SIZE).forEach(_ -> services.add(start()));
    }

    private Service start() {
        return Service.start(database, rooms, media);
    }

    /** The address of some instance, which may be dead by now. */
    String anyUrl() {
        return services.get(ThreadLocalRandom.current().nextInt(SIZE)).url();
    }

    List<String> urls() {
        return services.stream().map(Service::url).toList();
    }

    /** The others go on alone until the new one has started. */
    void replaceAny(Random random, boolean dying) {
        int place = random.nextInt(SIZE);
        var ending = services.get(place);
        undertaker.execute(dying ? ending::kill : ending::stop);
        services.set(place, start());
    }

    boolean isAllPaid() {
        return services.getFirst().isAllPaid();
    }

    long owed() {
        return services.getFirst().owed();
    }

    @Override
    public void close() {
        services.forEach(service -> undertaker.execute(service::stop));
        undertaker.close();
    }
}
