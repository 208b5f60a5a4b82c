package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.system.Api.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The accounts and rooms of CONTRACT.md, sections 3 and 4. */
class ContractStatusIT extends ContractStatuses {

    ContractStatusIT(Parley parley) {
        super(parley, Set.of("accounts", "rooms"), 80);
    }

    // --- accounts

    @Test
    void registering() {
        Map<String, Object> account = account("new.one." + bert.username());
        JsonNode session = reach(201, Call.post("/api/auth/register", account)).body();

        assertThat(session.path("expires_in").asInt()).isEqualTo(900);
        refuse(409, "username_taken", Call.post("/api/auth/register", account));
        invalid("username", Call.post("/api/auth/register", but(account, "username", "no spaces")));
        invalid("name", Call.post("/api/auth/register", but(account, "name", "")));
        invalid("name", Call.post("/api/auth/register", but(account, "name", "x".repeat(81))));
        invalid("password", Call.post("/api/auth/register", but(account, "password", "too short")));
        invalid("password", Call.post("/api/auth/register", but(account, "password", "x".repeat(129))));
    }

    @Test
    void signingIn() {
        Map<String, Object> credentials = Map.of("username", anna.username(), "password", Person.PASSWORD);

        reach(200, Call.post("/api/auth/login", credentials));
        refuse(
            401,
            "invalid_credentials",
            Call.post("/api/auth/login", but(credentials, "password", "another-password"))
        );
        refuse(
            401,
            "invalid_credentials",
            Call.post("/api/auth/login", but(credentials, "username", "nobody.of.this.name"))
        );
        invalid("password", Call.post("/api/auth/login", Map.of("username", "someone")));
        invalid("username", Call.post("/api/auth/login", Map.of("password", Person.PASSWORD)));
    }

    @Test
    void stayingSignedInAndSigningOut() {
        Person dora = Person.signUp(parley, "Dora");
        Map<String, Object> first = Map.of("refresh_token", dora.refreshToken());
        JsonNode session = reach(200, Call.post("/api/auth/refresh", first)).body();
        Map<String, Object> second = Map.of("refresh_token", session.path("refresh_token").asString());

        refuse(401, "invalid_credentials", Call.post("/api/auth/refresh", first));
        // The dead one was used again: that ends its whole family.
        refuse(401, "invalid_credentials", Call.post("/api/auth/refresh", second));
        reach(204, Call.post("/api/auth/logout", second));
        invalid("refresh_token", Call.post("/api/auth/refresh", Map.of()));
        invalid("refresh_token", Call.post("/api/auth/logout", Map.of()));
    }

    @Test
    void keysAndProfiles() {
        reach(200, Call.get("/api/auth/jwks.json"));
        assertThat(reach(200, Call.get("/api/users/me").by(anna)).body().path("id").asString()).isEqualTo(
            anna.id()
        );
        reach(200, Call.get("/api/users/" + anna.id()).by(carl));
        Answer renamed = reach(200, Call.put("/api/users/me", Map.of("name", "Änne")).by(carl));
        assertThat(renamed.body().path("name").asString()).isEqualTo("Änne");
        invalid("name", Call.put("/api/users/me", Map.of("name", " ")).by(carl));
        invalid("avatar", Call.put("/api/users/me", Map.of("avatar", "javascript:alert(1)")).by(carl));
    }

    @Test
    void changingThePassword() {
        Person dora = Person.signUp(parley, "Dora");
        String path = "/api/users/me/password";
        Map<String, Object> change = Map.of(
            "current_password",
            Person.PASSWORD,
            "new_password",
            "battery-horse-correct"
        );

        refuse(
            401,
            "invalid_credentials",
            Call.put(path, but(change, "current_password", "not-it")).by(dora)
        );
        invalid("new_password", Call.put(path, but(change, "new_password", "short")).by(dora));
        invalid("current_password", Call.put(path, Map.of("new_password", "battery-horse-correct")).by(dora));
        reach(204, Call.put(path, change).by(dora));
        assertThat(dora.signsIn().status()).isEqualTo(401);
    }

    @Test
    void findingPeople() {
        reach(200, Call.get("/api/users?q=" + anna.username()).by(carl));
        pages("/api/users?q=a", carl);
    }

    // --- rooms

    @Test
    void openingRooms() {
        JsonNode room = reach(
            201,
            Call.post(
                "/api/chat/rooms",
                Map.of("name", "shed", "type", "group", "member_ids", List.of(bert.id()))
            ).by(anna)
        ).body();
        Map<String, Object> pair = Map.of("type", "private", "member_ids", List.of(carl.id()));
        JsonNode direct = reach(201, Call.post("/api/chat/rooms", pair).by(anna)).body();

        assertThat(room.path("role").asString()).isEqualTo("admin");
        assertThat(room.path("member_count").asInt()).isEqualTo(2);
        assertThat(reach(200, Call.post("/api/chat/rooms", pair).by(anna)).body().path("id")).isEqualTo(
            direct.path("id")
        );
        invalid("type", Call.post("/api/chat/rooms", Map.of("name", "x", "type", "secret")).by(anna));
        invalid("type", Call.post("/api/chat/rooms", Map.of("name", "x")).by(anna));
        invalid("name", Call.post("/api/chat/rooms", Map.of("type", "group")).by(anna));
        invalid(
            "name",
            Call.post("/api/chat/rooms", Map.of("type", "group", "name", "x".repeat(81))).by(anna)
        );
        invalid(
            "topic",
            Call.post("/api/chat/rooms", Map.of("type", "group", "name", "x", "topic", "x".repeat(501))).by(
                anna
            )
        );
        invalid("member_ids", Call.post("/api/chat/rooms", Map.of("type", "private")).by(anna));
        invalid(
            "member_ids",
            Call.post(
                "/api/chat/rooms",
                Map.of("name", "x", "type", "group", "member_ids", List.of(NOWHERE))
            ).by(anna)
        );
    }

    @Test
    void listingRooms() {
        pages("/api/chat/rooms", anna);
        pages("/api/chat/rooms?scope=public", carl);
        invalid("scope", Call.get("/api/chat/rooms?scope=secret").by(anna));
        JsonNode mine = reach(200, Call.get(group.path()).by(bert)).body();
        JsonNode visited = reach(200, Call.get(open.path()).by(carl)).body();

        assertThat(mine.path("role").asString()).isEqualTo("member");
        assertThat(visited.path("role").isNull()).isTrue();
    }

    @Test
    void governingRooms() {
        Map<String, Object> changes = new HashMap<>(Map.of("name", "orchard", "retention_days", 30));
        JsonNode changed = reach(200, Call.put(group.path(), changes).by(anna)).body();

        assertThat(changed.path("retention_days").asInt()).isEqualTo(30);
        invalid("name", Call.put(group.path(), Map.of("name", "")).by(anna));
        invalid("topic", Call.put(group.path(), Map.of("topic", "x".repeat(501))).by(anna));
        invalid("avatar", Call.put(group.path(), Map.of("avatar", "ftp://x")).by(anna));
        invalid("retention_days", Call.put(group.path(), Map.of("retention_days", 0)).by(anna));
        refuse(403, FORBIDDEN, Call.put(group.path(), changes).by(bert));
        refuse(403, FORBIDDEN, Call.delete(group.path()).by(bert));
        Room other = anna.creates("compost");
        reach(204, Call.delete(other.path()).by(anna));
        refuse(404, NOT_FOUND, Call.get(other.path()).by(anna));
    }

    @Test
    void membersOfRooms() {
        String members = anna.creates("public", "fair", bert).path() + "/members";
        JsonNode member = reach(201, Call.post(members, Map.of("user_id", carl.id())).by(carl)).body();

        assertThat(member.path("role").asString()).isEqualTo("member");
        refuse(409, "already_member", Call.post(members, Map.of("user_id", carl.id())).by(carl));
        refuse(409, "already_member", Call.post(members, Map.of("user_id", carl.id())).by(anna));
        refuse(403, FORBIDDEN, Call.post(members, Map.of("user_id", NOWHERE)).by(bert));
        invalid("user_id", Call.post(members, Map.of("user_id", NOWHERE)).by(anna));
        invalid("user_id", Call.post(members, Map.of()).by(anna));
        invalid("role", Call.post(members, Map.of("user_id", carl.id(), "role", "king")).by(anna));
        pages(members, carl);
        refuse(403, FORBIDDEN, Call.get(open.path() + "/members").by(carl));
        pages(group.path() + "/reads", bert);
        refuse(403, FORBIDDEN, Call.get(open.path() + "/reads").by(carl));
    }

    @Test
    void rolesAndLeaving() {
        Room room = anna.creates("allotment", bert);
        String members = room.path() + "/members/";

        refuse(403, FORBIDDEN, Call.put(members + anna.id(), Map.of("role", "member")).by(bert));
        refuse(409, "last_admin", Call.put(members + anna.id(), Map.of("role", "member")).by(anna));
        refuse(409, "last_admin", Call.delete(members + anna.id()).by(anna));
        refuse(404, NOT_FOUND, Call.put(members + carl.id(), Map.of("role", "admin")).by(anna));
        refuse(404, NOT_FOUND, Call.delete(members + carl.id()).by(anna));
        refuse(403, FORBIDDEN, Call.delete(members + anna.id()).by(bert));
        invalid("role", Call.put(members + bert.id(), Map.of("role", "king")).by(anna));
        invalid("role", Call.put(members + bert.id(), Map.of()).by(anna));
        JsonNode promoted = reach(
            200,
            Call.put(members + bert.id(), Map.of("role", "admin")).by(anna)
        ).body();
        assertThat(promoted.path("role").asString()).isEqualTo("admin");
        reach(204, Call.delete(members + anna.id()).by(anna));
        refuse(404, NOT_FOUND, Call.get(room.path()).by(anna));
        // The last member may leave, and the room goes with them.
        reach(204, Call.delete(members + bert.id()).by(bert));
        refuse(404, NOT_FOUND, Call.get(room.path()).by(bert));
    }

    @Test
    void directConversationsStayAsTheyAre() {
        Room direct = new Room(
            anna
                .post("/api/chat/rooms", Map.of("type", "private", "member_ids", List.of(bert.id())))
                .require(201)
                .path("id")
                .asString(),
            "direct"
        );

        refuse(
            409,
            "direct_room",
            Call.post(direct.path() + "/members", Map.of("user_id", carl.id())).by(anna)
        );
        refuse(
            409,
            "direct_room",
            Call.put(direct.path() + "/members/" + bert.id(), Map.of("role", "member")).by(anna)
        );
        refuse(409, "direct_room", Call.delete(direct.path() + "/members/" + bert.id()).by(anna));
        refuse(404, NOT_FOUND, Call.get(direct.path()).by(carl));
    }

    private static Map<String, Object> account(String username) {
        return Map.of("username", username, "name", "New One", "password", Person.PASSWORD);
    }
}
