package chat.parley.room.membership;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.room.Fields;
import chat.parley.service.paging.Limit;
import chat.parley.service.paging.Page;
import chat.parley.service.request.SocketId;
import chat.parley.service.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The members of a room. */
@RestController
@RequestMapping("/api/chat/rooms/{room}/members")
class MembershipController {

    private final MemberList list;
    private final Joining joining;
    private final Roles roles;
    private final Leaving leaving;

    MembershipController(MemberList list, Joining joining, Roles roles, Leaving leaving) {
        this.list = list;
        this.joining = joining;
        this.roles = roles;
        this.leaving = leaving;
    }

    @GetMapping
    Mono<Page<MemberSnapshot>> list(
        Caller caller,
        @PathVariable RoomId room,
        @RequestParam(required = false) @Nullable String q,
        @RequestParam(required = false) @Nullable String cursor,
        @RequestParam(required = false) @Nullable Integer limit
    ) {
        return list.page(caller.id(), room, new MemberList.Question(q, cursor, Limit.of(limit)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Mono<MemberSnapshot> add(
        Caller caller,
        @PathVariable RoomId room,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket,
        @RequestBody NewMember request
    ) {
        Fields fields = new Fields();
        UserId user = fields.user("user_id", request.userId);
        Role role = fields.choice("role", request.role, Role.class);
        fields.check();
        return joining.add(caller.id(), room, new Joining.Wanted(user, role), SocketId.orNull(socket));
    }

    @PutMapping("/{user}")
    Mono<MemberSnapshot> change(
        Caller caller,
        @PathVariable RoomId room,
        @PathVariable UserId user,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket,
        @RequestBody NewRole request
    ) {
        Fields fields = new Fields();
        Role role = fields.choice("role", request.role, Role.class);
        if (request.role == null) {
            fields.fault("role", "required", "must not be empty");
        }
        fields.check();
        return roles.change(
            caller.id(),
            room,
            new Roles.Wanted(user, role == null ? Role.MEMBER : role),
            SocketId.orNull(socket)
        );
    }

    @DeleteMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(
        Caller caller,
        @PathVariable RoomId room,
        @PathVariable UserId user,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket
    ) {
        return leaving.remove(caller.id(), room, user, SocketId.orNull(socket));
    }

    record NewMember(@Nullable String userId, @Nullable String role) {}

    record NewRole(@Nullable String role) {}
}
