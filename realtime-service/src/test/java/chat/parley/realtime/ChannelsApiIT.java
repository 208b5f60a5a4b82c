package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.app.App;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What an app's server may ask of its channels; what it is told of them is in {@link CountsJourneyIT}. */
class ChannelsApiIT extends RealtimeTest {

    private App counted() {
        return apps.withId("counted").orElseThrow();
    }

    private HttpResponse<String> ask(String resource, String parameters) {
        return send(to(ApiRequests.get(sandbox(), resource, parameters)).GET());
    }

    private JsonNode answer(String resource, String parameters) {
        var response = ask(resource, parameters);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return WireJson.mapper().readTree(response.body());
    }

    private JsonNode posts(ApiRequests.Signed signed) {
        var response = send(to(signed.path()).POST(HttpRequest.BodyPublishers.ofString(signed.body())));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return WireJson.mapper().readTree(response.body());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
            "channels | info=user_count | 400",
            "channels | filter_by_prefix=private-&info=user_count | 400",
            "channels | info=nonsense | 400",
            "channels/news | info=user_count | 400",
            "channels/white%20space | '' | 400",
            "channels/news/users | '' | 400",
            "channels | info=cache | 400",
            "channels/news | info=cache | 400",
            "channels/news | info=subscription_count | 200",
        }
    )
    void refusesWhatMakesNoSense(String resource, String parameters, int status) {
        assertThat(ask(resource, parameters).statusCode()).isEqualTo(status);
    }

    @Test
    void asksForTheAppsSignature() {
        String path = ApiRequests.get(counted(), "channels", "");

        assertThat(send(to(path.replace("/counted/", "/sandbox/")).GET()).statusCode()).isEqualTo(401);
        assertThat(send(to(path.replace("/counted/", "/nobody/")).GET()).statusCode()).isEqualTo(404);
        assertThat(send(to(path + "0").GET()).statusCode()).isEqualTo(401);
    }

    @Test
    void tellsWhatACacheChannelHolds() {
        assertThat(answer("channels/cache-told", "info=cache").toString()).isEqualTo("{\"occupied\":false}");
        String body = "{\"name\":\"n\",\"data\":\"kept\",\"channel\":\"cache-told\"}";
        posts(ApiRequests.publish(sandbox(), body, null));

        JsonNode channel = answer("channels/cache-told", "info=cache,subscription_count");

        assertThat(channel.at("/cache/data").stringValue()).isEqualTo("kept");
        assertThat(channel.at("/cache/ttl").intValue()).isBetween(1700, 1800);
        assertThat(channel.path("subscription_count").intValue()).isZero();
    }
}
