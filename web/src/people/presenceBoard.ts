import { useEffect, useSyncExternalStore } from 'react';
import type { Presence, PresenceStatus } from '../api/types';

type Look = (userIds: string[]) => Promise<Presence[]>;

const askAfterMs = 60;
const mostAtOnce = 100;

/** Who is online, as far as somebody on this page wants to know. */
export class PresenceBoard {
    private readonly statuses = new Map<string, PresenceStatus>();
    private readonly watched = new Set<string>();
    private readonly toAsk = new Set<string>();
    private readonly listeners = new Set<() => void>();
    private readonly look: Look;
    private asking: ReturnType<typeof setTimeout> | undefined;

    constructor(look: Look) {
        this.look = look;
    }

    readonly subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    /** Offline until known better: a dot that is missing is a smaller lie than one too many. */
    statusOf(userId: string): PresenceStatus {
        return this.statuses.get(userId) ?? 'offline';
    }

    watch(userIds: readonly string[]): void {
        const fresh = userIds.filter((id) => !this.watched.has(id));
        fresh.forEach((id) => this.watched.add(id));
        this.ask(fresh);
    }

    set(userId: string, status: PresenceStatus): void {
        if (this.statusOf(userId) !== status) {
            this.statuses.set(userId, status);
            this.listeners.forEach((listener) => listener());
        }
    }

    /** After a break in the connection, all that is known may be old. */
    refresh(): void {
        this.ask([...this.watched]);
    }

    private ask(userIds: readonly string[]): void {
        if (userIds.length === 0) {
            return;
        }
        userIds.forEach((id) => this.toAsk.add(id));
        this.asking ??= setTimeout(() => {
            this.asking = undefined;
            const ids = [...this.toAsk];
            this.toAsk.clear();
            for (let i = 0; i < ids.length; i += mostAtOnce) {
                void this.lookUp(ids.slice(i, i + mostAtOnce));
            }
        }, askAfterMs);
    }

    private async lookUp(ids: string[]): Promise<void> {
        try {
            const found = await this.look(ids);
            found.forEach(({ user_id, status }) => this.set(user_id, status));
        } catch {
            // Dots are a courtesy. The next reconnect or a new face asks again.
            ids.forEach((id) => this.watched.delete(id));
        }
    }
}

export function usePresence(board: PresenceBoard, userId: string): PresenceStatus {
    useEffect(() => board.watch([userId]), [board, userId]);
    return useSyncExternalStore(board.subscribe, () => board.statusOf(userId));
}
