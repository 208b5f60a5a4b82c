import type { Tokens } from '../api/http';
import { Problem } from '../api/problem';
import type { SessionAnswer } from '../api/types';
import { type Session, sessionFrom, type SessionStore } from './sessionStore';

export type Refresh = (refreshToken: string) => Promise<SessionAnswer>;

/** Runs one refresh at a time among all tabs of this browser. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Hands out access tokens. However many calls find the token old at once, one refresh answers them all: a
 * refresh token used twice kills the whole session.
 */
export class TokenKeeper implements Tokens {
    private readonly store: SessionStore;
    private readonly refresh: Refresh;
    private readonly exclusive: Exclusive;
    private readonly now: () => number;
    private refreshing: Promise<Session> | null = null;

    constructor(store: SessionStore, refresh: Refresh, exclusive: Exclusive = acrossTabs, now = Date.now) {
        this.store = store;
        this.refresh = refresh;
        this.exclusive = exclusive;
        this.now = now;
    }

    async current(): Promise<string> {
        const session = this.require();
        if (this.isFresh(session)) {
            return session.accessToken;
        }
        return (await this.renew(session.accessToken)).accessToken;
    }

    async replace(refused: string): Promise<string> {
        const session = this.require();
        if (session.accessToken !== refused) {
            return session.accessToken;
        }
        return (await this.renew(refused)).accessToken;
    }

    private renew(old: string): Promise<Session> {
        this.refreshing ??= this.exclusive(() => this.renewUnlessDone(old)).finally(() => {
            this.refreshing = null;
        });
        return this.refreshing;
    }

    private async renewUnlessDone(old: string): Promise<Session> {
        const stored = this.store.reload();
        if (!stored) {
            throw signedOut();
        }
        if (stored.accessToken !== old) {
            return stored;
        }
        try {
            const session = sessionFrom(await this.refresh(stored.refreshToken), this.now());
            // Signing out while this was on its way is final.
            if (!this.store.get()) {
                throw signedOut();
            }
            this.store.set(session);
            return session;
        } catch (error) {
            if (error instanceof Problem && error.status >= 400 && error.status < 500 && !error.isPassing) {
                this.store.end();
            }
            throw error;
        }
    }

    private isFresh(session: Session): boolean {
        return session.renewAt > this.now();
    }

    private require(): Session {
        const session = this.store.get();
        if (!session) {
            throw signedOut();
        }
        return session;
    }
}

function signedOut(): Problem {
    return new Problem({ status: 401, code: 'unauthenticated', title: 'Signed out' });
}

// navigator.locks exists on https and localhost only; elsewhere each tab is on its own.
async function acrossTabs<T>(work: () => Promise<T>): Promise<T> {
    if (!('locks' in navigator)) {
        return work();
    }
    return navigator.locks.request('parley.refresh', work);
}
