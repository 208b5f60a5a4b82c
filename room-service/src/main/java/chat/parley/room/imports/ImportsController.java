package chat.parley.room.imports;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.room.Fields;
import chat.parley.room.imports.ImportedPeople.ImportedPerson;
import chat.parley.room.imports.ImportedRooms.ImportedRoom;
import chat.parley.service.problem.ValidationFailed;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What {@code ./parley import} calls; takes service tokens only. Every call may be repeated. */
@RestController
@RequestMapping("/internal/imports")
class ImportsController {

    private static final int MAX_PEOPLE = 500;

    private final ImportedPeople people;
    private final ImportedRooms rooms;

    ImportsController(ImportedPeople people, ImportedRooms rooms) {
        this.people = people;
        this.rooms = rooms;
    }

    @PostMapping("/{source}/people")
    Mono<People> people(@PathVariable String source, @RequestBody ForeignPeople request) {
        return checked(() -> {
            requireFew("people", request.people);
            return people.settle(sourceOf(source), request.people.stream().map(ForeignPerson::of).toList());
        }).map(People::new);
    }

    @PostMapping("/{source}/rooms")
    Mono<ImportedRoom> room(@PathVariable String source, @RequestBody ForeignRoom.Request request) {
        return checked(() -> rooms.settle(sourceOf(source), ForeignRoom.of(request)));
    }

    @PostMapping("/{source}/rooms/{room}/members")
    Mono<Admitted> members(@PathVariable RoomId room, @RequestBody Admission request) {
        return checked(() -> {
            requireFew("user_ids", request.userIds);
            return rooms.admit(room, request.actorId, request.userIds);
        }).map(Admitted::new);
    }

    private static <T> Mono<T> checked(Supplier<Mono<T>> call) {
        return Mono.defer(call);
    }

    private static String sourceOf(String source) {
        Fields fields = new Fields();
        String checked = fields.line("source", source, ForeignId.LONGEST);
        fields.check();
        return checked;
    }

    private static void requireFew(String field, List<?> given) {
        if (given.isEmpty() || given.size() > MAX_PEOPLE) {
            throw ValidationFailed.of(field, "size", "must be 1 to " + MAX_PEOPLE);
        }
    }

    record ForeignPeople(List<ForeignPerson.Request> people) {
        ForeignPeople {
            people = List.copyOf(people);
        }
    }

    record People(List<ImportedPerson> people) {
        People {
            people = List.copyOf(people);
        }
    }

    record Admission(UserId actorId, List<UserId> userIds) {
        Admission {
            userIds = List.copyOf(userIds);
        }
    }

    /**
     * @param added how many were no members before
     */
    record Admitted(int added) {}
}
