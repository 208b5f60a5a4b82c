import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useChat } from '../session/Chat';
import { timelineKey } from '../timeline/timelines';

/** The history of a room as this page holds it, and how to reach further back. */
export function useTimeline(roomId: string) {
    const { timelines } = useChat();
    const [olderFailed, setOlderFailed] = useState(false);
    const [isLoadingOlder, setLoadingOlder] = useState(false);
    const query = useQuery({
        queryKey: timelineKey(roomId),
        queryFn: () => timelines.loadNewest(roomId),
        // The socket keeps it current, and each joining of the channel catches it up.
        staleTime: Infinity,
    });

    const loadOlder = useCallback(async () => {
        setLoadingOlder(true);
        setOlderFailed(false);
        try {
            await timelines.loadOlder(roomId);
        } catch {
            setOlderFailed(true);
        } finally {
            setLoadingOlder(false);
        }
    }, [timelines, roomId]);

    return { ...query, timeline: query.data, loadOlder, isLoadingOlder, olderFailed };
}
