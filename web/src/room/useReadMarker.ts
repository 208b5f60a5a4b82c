import { useEffect, useSyncExternalStore } from 'react';
import type { Message } from '../api/types';
import { withRead } from '../rooms/roomList';
import { useChat } from '../session/Chat';

/** Quick successions of messages move the marker once. */
const settleMs = 400;

/** Marks a room read up to its last message while that message is really before someone's eyes. */
export function useReadMarker(roomId: string, last: Message | undefined, isAtEnd: boolean): void {
    const { api, rooms } = useChat();
    const isVisible = useSyncExternalStore(subscribeVisibility, () => document.visibilityState === 'visible');
    const seq = last?.seq;
    const messageId = last?.id;

    useEffect(() => {
        const unread = rooms.find(roomId)?.unread_count ?? 0;
        if (!isVisible || !isAtEnd || seq === undefined || !messageId || unread === 0) {
            return;
        }
        rooms.change((list) => withRead(list, roomId, seq));
        const timer = setTimeout(() => {
            // The next message marks this one too, so a marker that got lost is no harm.
            api.markRead(messageId).catch(() => undefined);
        }, settleMs);
        return () => clearTimeout(timer);
    }, [api, rooms, roomId, seq, messageId, isVisible, isAtEnd]);
}

function subscribeVisibility(listener: () => void): () => void {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
}
