import { useSyncExternalStore } from 'react';

type Timer = ReturnType<typeof setTimeout>;

const nobody: readonly string[] = [];
// The server ends typing after 6 s; this is for the case that its word of it got lost.
const forgetAfterMs = 8_000;

/** Who is writing where. */
export class TypingBoard {
    private readonly rooms = new Map<string, readonly string[]>();
    private readonly timers = new Map<string, Timer>();
    private readonly listeners = new Set<() => void>();

    readonly subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    typingIn(roomId: string): readonly string[] {
        return this.rooms.get(roomId) ?? nobody;
    }

    started(roomId: string, userId: string): void {
        const key = `${roomId}/${userId}`;
        clearTimeout(this.timers.get(key));
        this.timers.set(
            key,
            setTimeout(() => this.stopped(roomId, userId), forgetAfterMs),
        );
        if (!this.typingIn(roomId).includes(userId)) {
            this.set(roomId, [...this.typingIn(roomId), userId]);
        }
    }

    stopped(roomId: string, userId: string): void {
        const key = `${roomId}/${userId}`;
        clearTimeout(this.timers.get(key));
        this.timers.delete(key);
        if (this.typingIn(roomId).includes(userId)) {
            this.set(
                roomId,
                this.typingIn(roomId).filter((id) => id !== userId),
            );
        }
    }

    private set(roomId: string, userIds: readonly string[]): void {
        this.rooms.set(roomId, userIds);
        this.listeners.forEach((listener) => listener());
    }
}

export function useTypingIn(board: TypingBoard, roomId: string): readonly string[] {
    return useSyncExternalStore(board.subscribe, () => board.typingIn(roomId));
}
