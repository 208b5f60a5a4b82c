import { useMemo, useSyncExternalStore } from 'react';
import { useChat } from '../session/Chat';
import type { Pending } from './outbox';

/** What this user has written in a room and the server has not confirmed. */
export function usePending(roomId: string): readonly Pending[] {
    const { outbox } = useChat();
    const all = useSyncExternalStore(outbox.subscribe, outbox.get);
    return useMemo(() => all.filter((entry) => entry.roomId === roomId), [all, roomId]);
}
