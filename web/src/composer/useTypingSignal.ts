import { useCallback, useEffect, useRef } from 'react';
import { useChat } from '../session/Chat';

// The server forgets a typing user after 6 s; half of that leaves room for one lost word.
const repeatMs = 3_000;

/** Tells the room that this user writes, now and then while they do, and when they stop. */
export function useTypingSignal(roomId: string) {
    const { feeds } = useChat();
    const lastTold = useRef(0);

    const stopped = useCallback(() => {
        if (lastTold.current > 0) {
            lastTold.current = 0;
            feeds.whisperTyping(roomId, false);
        }
    }, [feeds, roomId]);

    const writing = useCallback(() => {
        const now = Date.now();
        if (now - lastTold.current >= repeatMs) {
            lastTold.current = now;
            feeds.whisperTyping(roomId, true);
        }
    }, [feeds, roomId]);

    useEffect(() => stopped, [stopped]);

    return { writing, stopped };
}
