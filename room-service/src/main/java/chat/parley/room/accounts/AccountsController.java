package chat.parley.room.accounts;

import chat.parley.room.Fields;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What strangers may call. */
@RestController
@RequestMapping("/api/auth")
class AccountsController {

    private final Accounts accounts;
    private final Sessions sessions;

    AccountsController(Accounts accounts, Sessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Session> register(@RequestBody Registration body, ServerHttpRequest request) {
        NewAccount wanted = NewAccount.of(body.username, body.name, body.password);
        return accounts.register(wanted, ClientAddress.of(request));
    }

    @PostMapping("/login")
    Mono<Session> login(@RequestBody Login body, ServerHttpRequest request) {
        Fields fields = new Fields();
        String username = given(fields, "username", body.username);
        String password = given(fields, "password", body.password);
        fields.check();
        return accounts.login(username, password, ClientAddress.of(request));
    }

    @PostMapping("/refresh")
    Mono<Session> refresh(@RequestBody Token request) {
        return sessions.refresh(request.required());
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> logout(@RequestBody Token request) {
        return sessions.end(request.required());
    }

    private static String given(Fields fields, String field, @Nullable String value) {
        if (value == null) {
            fields.fault(field, "required", "must not be empty");
        }
        return value == null ? "" : value;
    }

    record Registration(@Nullable String username, @Nullable String name, @Nullable String password) {
        @Override
        public String toString() {
            return "Registration[" + username + "]";
        }
    }

    record Login(@Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    record Token(@Nullable String refreshToken) {
        RefreshToken required() {
            Fields fields = new Fields();
            String token = given(fields, "refresh_token", refreshToken);
            fields.check();
            return new RefreshToken(token);
        }
    }
}
