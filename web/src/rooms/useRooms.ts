import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Room } from '../api/types';
import { useMembers } from '../people/useUser';
import { useChat } from '../session/Chat';
import { roomsKey } from './roomList';

/** My rooms, latest activity first, kept current by events. */
export function useRooms() {
    const { rooms } = useChat();
    return useQuery({ queryKey: roomsKey, queryFn: () => rooms.load(), staleTime: Infinity });
}

/** Hears all rooms of the list, so that counts and order are live everywhere. */
export function useRoomFeeds(rooms: readonly Room[] | undefined): void {
    const { feeds } = useChat();
    useEffect(() => {
        if (rooms) {
            feeds.hear(rooms.map(({ id }) => id));
        }
    }, [feeds, rooms]);
}

export interface RoomFace {
    title: string;
    /** The other one in a direct conversation. */
    partnerId: string | null;
}

/** How a room is called and shown: a direct conversation goes by the other member. */
export function useRoomFace(room: Room): RoomFace {
    const { me } = useChat();
    const isDirect = room.type === 'private';
    const { data: members } = useMembers(room.id, { enabled: isDirect });
    if (!isDirect) {
        return { title: room.name ?? 'Room', partnerId: null };
    }
    const partner = members?.find(({ user }) => user.id !== me.id)?.user;
    return { title: partner?.name ?? 'Direct message', partnerId: partner?.id ?? null };
}
