import { useMemo, useSyncExternalStore } from 'react';
import type { Tokens } from './api/http';
import { authApi } from './session/authApi';
import { SessionContext } from './session/SessionContext';
import { sessionFrom, type SessionStore } from './session/sessionStore';
import { SignedIn } from './session/SignedIn';
import { SignInPage } from './session/SignInPage';

export function App({ store, tokens }: { store: SessionStore; tokens: Tokens }) {
    const wasEnded = useSyncExternalStore(store.subscribe, store.wasEnded);
    const session = useSyncExternalStore(store.subscribe, store.get);
    const actions = useMemo(
        () => ({
            tokens,
            signedIn: (answer: Parameters<typeof sessionFrom>[0]) => store.set(sessionFrom(answer)),
            signOut: () => {
                const refreshToken = store.get()?.refreshToken;
                store.clear();
                if (refreshToken) {
                    // The page is signed out either way; an unreachable server lets the token end by itself.
                    authApi.signOut(refreshToken).catch(() => undefined);
                }
            },
        }),
        [store, tokens],
    );
    return (
        <SessionContext value={actions}>
            {session ? (
                <SignedIn key={session.user.id} me={session.user} />
            ) : (
                <SignInPage wasEnded={wasEnded} />
            )}
        </SessionContext>
    );
}
