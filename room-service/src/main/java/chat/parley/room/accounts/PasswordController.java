package chat.parley.room.accounts;

import chat.parley.room.Fields;
import chat.parley.room.accounts.keys.AccessTokens;
import chat.parley.service.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** One's own password. */
@RestController
class PasswordController {

    private final PasswordChange change;

    PasswordController(PasswordChange change) {
        this.change = change;
    }

    @PutMapping("/api/users/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> change(Caller caller, @RequestBody NewOne body, ServerHttpRequest request) {
        return change.change(body.of(caller), ClientAddress.of(request));
    }

    record NewOne(@Nullable String currentPassword, @Nullable String newPassword) {
        PasswordChange.Wanted of(Caller caller) {
            Fields fields = new Fields();
            String current = currentPassword == null ? "" : currentPassword;
            if (currentPassword == null) {
                fields.fault("current_password", "required", "must not be empty");
            }
            String next = NewPassword.check(fields, "new_password", newPassword);
            fields.check();
            return new PasswordChange.Wanted(
                caller.id(),
                AccessTokens.sessionOf(caller.token()),
                current,
                next
            );
        }

        @Override
        public String toString() {
            return "NewOne[…]";
        }
    }
}
