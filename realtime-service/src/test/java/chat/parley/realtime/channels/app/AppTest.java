package chat.parley.realtime.channels.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.TestApps;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AppTest {

    /** The app of the worked examples in Pusher's documentation of its authentication signatures. */
    private final App app = new App(
        "3",
        TestApps.properties("278d425bdf160c739803", "7ad3773142a6692b25b8", AppKind.PLAIN)
    );

    @Test
    void authorizesAPrivateChannelAsPusherDocuments() {
        assertThat(app.authorize("1234.1234:private-foobar")).isEqualTo(
            "278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"
        );
    }

    @Test
    void authorizesAPresenceChannelAsPusherDocuments() {
        String text = "1234.1234:presence-foobar:{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}";

        assertThat(app.authorize(text)).isEqualTo(
            "278d425bdf160c739803:31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80"
        );
    }

    @Test
    void acceptsItsOwnAuthorizationOfThisTextOnly() {
        String auth = app.authorize("1.2:private-x");

        assertThat(app.authorized(auth, "1.2:private-x")).isTrue();
        assertThat(app.authorized(auth, "1.3:private-x")).isFalse();
        assertThat(app.authorized(auth.toUpperCase(Locale.ROOT), "1.2:private-x")).isFalse();
    }

    @Test
    void refusesWhatIsNoAuthorization() {
        for (String auth : new String[] { "", ":", "278d425bdf160c739803", "278d425bdf160c739803:", "x:y" }) {
            assertThat(app.authorized(auth, "1.2:private-x")).as(auth).isFalse();
        }
    }

    @Test
    void refusesTheSignatureOfAnotherKey() {
        String signature = app.sign("1.2:private-x");

        assertThat(app.authorized("another-key:" + signature, "1.2:private-x")).isFalse();
    }
}
