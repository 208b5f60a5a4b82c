import type { SessionAnswer, User } from '../api/types';

export interface Session {
    user: User;
    accessToken: string;
    /** When to renew the access token, by this machine's clock in milliseconds: before it ends. */
    renewAt: number;
    refreshToken: string;
}

type Listener = () => void;

const key = 'parley.session';

export function sessionFrom(answer: SessionAnswer, now = Date.now()): Session {
    return {
        user: answer.user,
        accessToken: answer.access_token,
        renewAt: now + Math.max(answer.expires_in - 60, answer.expires_in * 0.9) * 1000,
        refreshToken: answer.refresh_token,
    };
}

/**
 * The session that all tabs of this browser share. It lives in local storage because a refresh token dies with
 * its first use: two tabs with tokens of their own would end each other's session.
 */
export class SessionStore {
    private session: Session | null;
    private ended = false;
    private readonly listeners = new Set<Listener>();
    private readonly storage: Storage;

    constructor(storage: Storage) {
        this.storage = storage;
        this.session = this.read();
    }

    /** Follows what other tabs do; returns how to stop. */
    follow(target: Window): () => void {
        const onStorage = (event: StorageEvent) => {
            if (event.key === key || event.key === null) {
                this.reload();
            }
        };
        target.addEventListener('storage', onStorage);
        return () => target.removeEventListener('storage', onStorage);
    }

    readonly get = (): Session | null => this.session;

    readonly wasEnded = (): boolean => this.ended;

    readonly subscribe = (listener: Listener): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    /** What is stored now, which another tab may have written a moment ago. */
    reload(): Session | null {
        const stored = this.read();
        if (stored?.accessToken !== this.session?.accessToken) {
            this.session = stored;
            this.tell();
        }
        return this.session;
    }

    set(session: Session): void {
        this.session = session;
        this.ended = false;
        this.storage.setItem(key, JSON.stringify(session));
        this.tell();
    }

    /** The server has ended the session: whoever signs in next is told why they have to. */
    end(): void {
        this.clear();
        this.ended = true;
        this.tell();
    }

    clear(): void {
        this.session = null;
        this.storage.removeItem(key);
        this.tell();
    }

    private read(): Session | null {
        try {
            const stored = JSON.parse(this.storage.getItem(key) ?? 'null') as Session | null;
            return stored?.refreshToken && stored.user.id ? stored : null;
        } catch {
            return null;
        }
    }

    private tell(): void {
        this.listeners.forEach((listener) => listener());
    }
}
