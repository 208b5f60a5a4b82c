package chat.parley.system;

import chat.parley.system.Api.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/**
 * One call as it goes out, whatever it is worth.
 *
 * @param token null for none
 * @param type the body's, null for none
 * @param text the body, null for none
 */
record Call(String method, String path, String token, String type, String text) {
    static Call get(String path) {
        return of("GET", path);
    }

    static Call delete(String path) {
        return of("DELETE", path);
    }

    static Call post(String path, Map<String, ?> body) {
        return of("POST", path).with(body);
    }

    static Call put(String path, Map<String, ?> body) {
        return of("PUT", path).with(body);
    }

    static Call of(String method, String path) {
        return new Call(method, path, null, null, null);
    }

    Call by(Person person) {
        return withToken(person.token());
    }

    Call withToken(String other) {
        return new Call(method, path, other, type, text);
    }

    Call with(Map<String, ?> body) {
        return with("application/json", Api.JSON.writeValueAsString(body));
    }

    Call with(String otherType, String otherText) {
        return new Call(method, path, token, otherType, otherText);
    }

    /** Sends it, once. */
    Answer to(Api api) {
        HttpRequest.Builder request = api.request(path, token);
        if (type != null) {
            request.header("Content-Type", type);
        }
        BodyPublisher body = text == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text);
        return api.once(request.method(method, body));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
