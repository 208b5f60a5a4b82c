import { useEffect, useSyncExternalStore } from 'react';
import type { Message, Room } from '../api/types';
import { useChat } from '../session/Chat';

/** Marks a room read up to its last message while that message is really before someone's eyes. */
export function useReading(room: Room, last: Message | undefined, isAtEnd: boolean): void {
    const { reads } = useChat();
    const isVisible = useSyncExternalStore(subscribeVisibility, () => document.visibilityState === 'visible');
    const hasUnread = (room.unread_count ?? 0) > 0;

    useEffect(() => {
        if (isVisible && isAtEnd && hasUnread && last) {
            reads.readUpTo(last);
        }
    }, [reads, last, isVisible, isAtEnd, hasUnread]);
}

function subscribeVisibility(listener: () => void): () => void {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
}
