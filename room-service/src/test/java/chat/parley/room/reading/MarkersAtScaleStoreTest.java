package chat.parley.room.reading;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.room.Multitude;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.Transactions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.r2dbc.core.DatabaseClient;

@RoomServiceTest
class MarkersAtScaleStoreTest {

    @Autowired
    private R2dbcConnectionDetails postgres;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Transactions transactions;

    @Autowired
    private ReadMarkers markers;

    @Test
    void readsOfTenThousandMarkersNoMoreThanAPage() {
        Multitude multitude = Multitude.in(postgres, database, transactions);
        Set<String> found = new HashSet<>();
        UUID last = new UUID(0, 0);
        List<ReadMarker> page;
        do {
            UUID after = last;
            var answer = multitude.ask(markers.after(after, Multitude.BIG, ReadsController.MOST));
            assertThat(answer.effort().scanned()).as("%s", answer.effort()).isZero();
            assertThat(answer.effort().lookedUp())
                .as("%s", answer.effort())
                .isLessThanOrEqualTo(ReadsController.MOST + 1);
            page = answer.value();
            page.forEach(marker -> found.add(marker.userId().toString()));
            last = page.isEmpty() ? last : page.getLast().userId().value();
        } while (!page.isEmpty());

        assertThat(found).hasSize(Multitude.MEMBERS);
    }
}
