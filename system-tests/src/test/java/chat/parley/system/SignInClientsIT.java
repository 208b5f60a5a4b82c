package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static chat.parley.system.PusherClient.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Connections of users who have signed in: what is sent to them, whom they watch, and how they are sent away. */
@OnOneAndOnTwoNodes
class SignInClientsIT {

    private final Stage stage;

    SignInClientsIT(Stage stage) {
        this.stage = stage;
    }

    @Test
    void whatIsSentToAUserReachesAllTheirDevices() {
        String anna = stage.fresh("anna");
        PusherClient phone = stage.connectsAs(anna, HERE, TestedApp.SANDBOX).signsIn();
        PusherClient laptop = stage.connectsAs(anna, THERE, TestedApp.SANDBOX).signsIn();
        PusherClient bert = stage.connectsAs(stage.fresh("bert"), THERE, TestedApp.SANDBOX).signsIn();
        JsonNode success = phone.hears("", "pusher:signin_success").within(SOON).data();
        awaitOwnChannel(phone, laptop);

        stage.server(TestedApp.SANDBOX).at(THERE).sendsToUser(anna, "parcel", Map.of("is", "here"));

        assertThat(Api.JSON.readTree(success.path("user_data").asString()).path("id").asString()).isEqualTo(
            anna
        );
        for (PusherClient device : List.of(phone, laptop)) {
            Heard parcel = device.hears("user", "parcel").within(SOON);
            assertThat(parcel.data().path("is").asString()).isEqualTo("here");
        }
        assertThat(bert.heard("user", "parcel")).isEmpty();
        List.of(phone, laptop, bert).forEach(PusherClient::close);
    }

    /** pusher-js subscribes to it on its own and does not say when; what comes behind it on the connection does. */
    private void awaitOwnChannel(PusherClient... devices) {
        for (PusherClient device : devices) {
            device.subscribes(stage.fresh("after-sign-in"));
        }
    }

    @Test
    void nobodyHearsWhatIsForSomebodyElse() {
        String anna = stage.fresh("anna");
        PusherClient bert = stage.connectsAs(stage.fresh("bert"), HERE, TestedApp.SANDBOX).signsIn();

        bert.sends("pusher:subscribe", Map.of("channel", "#server-to-user-" + anna, "auth", ""));

        JsonNode refusal = bert.hears("", "pusher:subscription_error").within(SOON).data();
        assertThat(refusal.path("type").asString()).isEqualTo("AuthError");
        assertThat(refusal.path("status").asInt()).isEqualTo(403);
        bert.close();
    }

    @Test
    void aConnectionIsOnePersonsOnly() {
        String anna = stage.fresh("anna");
        PusherClient phone = stage.connectsAs(anna, HERE, TestedApp.SANDBOX).signsIn();
        String userData = Api.JSON.writeValueAsString(Map.of("id", stage.fresh("bert")));

        phone.sends(
            "pusher:signin",
            Map.of(
                "auth",
                TestedApp.SANDBOX.authorizes(phone.socketId() + "::user::" + userData),
                "user_data",
                userData
            )
        );

        phone.hears("", "error").within(SOON);
        assertThat(phone.heard("", "pusher:signin_success")).hasSize(1);
        phone.close();
    }

    @Test
    void aForgedSignInIsRefused() {
        PusherClient forger = stage.connectsAs(
            "forger",
            HERE,
            TestedApp.SANDBOX.withSecret("not-the-secret")
        );

        forger.sends("pusher:signin", Map.of("auth", "sandbox-key:00", "user_data", "{\"id\":\"ada\"}"));

        forger.isTold(4009).within(SOON);
        assertThat(forger.heard("", "pusher:signin_success")).isEmpty();
        forger.close();
    }

    @Test
    void whoHasSignedInNeedNotSayWhoTheyAreAgain() {
        String anna = stage.fresh("anna");
        String channel = stage.fresh("presence-lobby");
        PusherClient phone = stage
            .connects(HERE, TestedApp.SANDBOX, Map.of("user", Map.of("id", anna)))
            .signsIn();

        phone.subscribes(channel);

        assertThat(phone.membersOf(channel).path("members").propertyNames()).containsExactly(anna);
        phone.close();
    }

    @Test
    void allConnectionsOfAUserCanBeEnded() {
        String anna = stage.fresh("anna");
        PusherClient phone = stage.connectsAs(anna, HERE, TestedApp.SANDBOX).signsIn();
        PusherClient laptop = stage.connectsAs(anna, THERE, TestedApp.SANDBOX).signsIn();
        PusherClient bert = stage.connectsAs(stage.fresh("bert"), HERE, TestedApp.SANDBOX).signsIn();

        stage.server(TestedApp.SANDBOX).at(HERE).terminates(anna);

        for (PusherClient device : List.of(phone, laptop)) {
            device.isTold(4009).within(SOON);
            device.hears("", "disconnected").within(SOON);
        }
        bert.subscribes(stage.fresh("still-there"));
        List.of(phone, laptop, bert).forEach(PusherClient::close);
    }

    @Test
    void aWatchlistTellsWhoComesAndGoes() {
        String anna = stage.fresh("anna");
        String bert = stage.fresh("bert");
        String carl = stage.fresh("carl");
        PusherClient ofBert = stage.connectsAs(bert, THERE, TestedApp.SANDBOX).signsIn();

        PusherClient ofAnna = stage
            .connects(
                HERE,
                TestedApp.SANDBOX,
                Map.of("user", Map.of("id", anna, "watchlist", List.of(bert, carl)))
            )
            .signsIn();

        ofAnna.hears("watchlist", "online", names(bert)).within(SOON);
        PusherClient ofCarl = stage.connectsAs(carl, THERE, TestedApp.SANDBOX).signsIn();
        ofAnna.hears("watchlist", "online", names(carl)).within(SOON);
        ofBert.close();
        ofAnna.hears("watchlist", "offline", names(bert)).within(SOON);
        ofAnna.close();
        ofCarl.close();
    }

    private static Predicate<JsonNode> names(String user) {
        return data ->
            data
                .path("user_ids")
                .valueStream()
                .anyMatch(id -> id.asString().equals(user));
    }

    @Test
    void onlyTheFirstHundredAreWatched() {
        List<String> many = IntStream.range(0, 101)
            .mapToObj(_ -> stage.fresh("watched"))
            .toList();
        PusherClient first = stage.connectsAs(many.getFirst(), THERE, TestedApp.SANDBOX).signsIn();

        PusherClient anna = stage
            .connects(
                HERE,
                TestedApp.SANDBOX,
                Map.of("user", Map.of("id", stage.fresh("anna"), "watchlist", many))
            )
            .signsIn();

        anna.isTold(4302).within(SOON);
        anna.hears("watchlist", "online", names(many.getFirst())).within(SOON);
        anna.close();
        first.close();
    }
}
