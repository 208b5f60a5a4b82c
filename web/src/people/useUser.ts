import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Member, User } from '../api/types';
import { useChat } from '../session/Chat';

const longEnoughMs = 5 * 60_000;

/** The members of a room, the first hundred; each is then known by id as well. */
export function useMembers(roomId: string, { enabled = true } = {}) {
    const { api } = useChat();
    const queries = useQueryClient();
    return useQuery({
        queryKey: ['members', roomId],
        enabled,
        staleTime: longEnoughMs,
        queryFn: async (): Promise<Member[]> => {
            const { data } = await api.members(roomId);
            data.forEach(({ user }) => queries.setQueryData<User>(['user', user.id], user));
            return data;
        },
    });
}

/** Someone by id: from the members of the room where possible, else by a call of their own. Nobody has no id. */
export function useUser(userId: string | null, { enabled = true } = {}): User | undefined {
    const { api, me } = useChat();
    const { data } = useQuery({
        queryKey: ['user', userId],
        staleTime: longEnoughMs,
        enabled: enabled && userId !== null && userId !== me.id,
        queryFn: () => api.user(userId ?? ''),
    });
    return userId === me.id ? me : data;
}
