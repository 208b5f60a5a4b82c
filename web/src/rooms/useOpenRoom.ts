import { useMutation } from '@tanstack/react-query';
import type { NewRoom } from '../api/chatApi';
import type { Room } from '../api/types';
import { go, roomHref } from '../routing/route';
import { useChat } from '../session/Chat';
import { withRoom } from './roomList';

/** Makes a room and goes there; a direct conversation that exists is simply opened. */
export function useCreateRoom(onDone: () => void) {
    const { api } = useChat();
    const enter = useEnterRoom(onDone);
    return useMutation({ mutationFn: (room: NewRoom) => api.createRoom(room), onSuccess: enter });
}

/** Joins a public room and goes there. */
export function useJoinRoom(onDone: () => void) {
    const { api, me } = useChat();
    const enter = useEnterRoom(onDone);
    return useMutation({
        mutationFn: async (room: Room) => {
            await api.addMember(room.id, me.id);
            return api.room(room.id);
        },
        onSuccess: enter,
    });
}

function useEnterRoom(onDone: () => void) {
    const { rooms } = useChat();
    return (room: Room) => {
        rooms.change((list) => withRoom(list, room));
        onDone();
        go(roomHref(room.id));
    };
}
