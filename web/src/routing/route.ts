import { useSyncExternalStore } from 'react';

// Places live behind the #: the gateway needs to know one page only.
const roomPattern = /^#\/rooms\/([\w-]+)$/;

export function roomHref(roomId: string): string {
    return `#/rooms/${roomId}`;
}

export function openRoom(roomId: string): void {
    location.hash = roomHref(roomId);
}

export function leaveRoom(): void {
    location.hash = '#/';
}

/** The room that the address names. */
export function useRoomId(): string | null {
    return useSyncExternalStore(subscribe, currentRoomId);
}

export function currentRoomId(): string | null {
    return roomPattern.exec(location.hash)?.[1] ?? null;
}

function subscribe(listener: () => void): () => void {
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
}
