package chat.parley.room.accounts;

import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.accounts.Credentials.Account;
import chat.parley.room.accounts.NewSessions.Begun;
import chat.parley.room.accounts.RefreshTokens.Renewed;
import chat.parley.room.accounts.Tries.Pair;
import chat.parley.room.accounts.keys.AccessTokens;
import chat.parley.room.accounts.keys.AccessTokens.Signing;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sessions from their beginning to their end, with the tokens that their holders get. */
@Component
class Sessions {

    private final NewSessions newSessions;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;

    Sessions(NewSessions newSessions, RefreshTokens refreshTokens, AccessTokens accessTokens) {
        this.newSessions = newSessions;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
    }

    /** One of whoever has just been registered. */
    Mono<Session> begin(Account account) {
        return signed(account, newSessions.begin(account));
    }

    /**
     * One by a right password; gives the tries back that were taken for it.
     *
     * @throws AccountFailure.InvalidCredentials (in the Mono) if the password has been changed meanwhile
     */
    Mono<Session> begin(Account account, Pair taken) {
        return signed(account, newSessions.begin(account, taken));
    }

    // Whoever signs comes first: a session that has begun and cannot be answered is nobody's.
    private Mono<Session> signed(Account account, Mono<Begun> beginning) {
        UserSnapshot user = account.user();
        return accessTokens
            .signing()
            .flatMap(signing ->
                beginning.map(begun ->
                    Session.of(user, signing.issue(user.id(), begun.session()), begun.token())
                )
            );
    }

    /**
     * Exchanges a refresh token. Here, too, whoever signs comes first: a token that has been exchanged and cannot be
     * answered is lost, and with it the session.
     *
     * @throws AccountFailure.InvalidRefreshToken (in the Mono) if it is good for nothing
     */
    Mono<Session> refresh(RefreshToken token) {
        return accessTokens
            .signing()
            .flatMap(signing -> refreshTokens.rotate(token).map(renewed -> sessionOf(renewed, signing)));
    }

    private static Session sessionOf(Renewed renewed, Signing signing) {
        UserSnapshot user = renewed.user();
        return Session.of(user, signing.issue(user.id(), renewed.session()), renewed.token());
    }

    /** Ends the session of a token, used or not; of no token of ours, nothing. */
    Mono<Void> end(RefreshToken token) {
        return refreshTokens.end(token);
    }
}
