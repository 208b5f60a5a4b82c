import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { User } from '../api/types';
import { useChat } from '../session/Chat';
import { useDebounced } from '../ui/useDebounced';

const none: User[] = [];

/** People whose username or name begins so, without me and those already chosen. */
export function usePeopleSearch(text: string, chosen: readonly User[]) {
    const { api, me } = useChat();
    const q = useDebounced(text.trim(), 150);
    const { data, isFetching, error } = useQuery({
        queryKey: ['people', q],
        queryFn: ({ signal }) => api.findUsers(q, signal),
        enabled: q.length > 0,
        placeholderData: keepPreviousData,
    });
    const taken = new Set([me.id, ...chosen.map(({ id }) => id)]);
    return {
        people: q && text.trim() ? (data?.data.filter(({ id }) => !taken.has(id)) ?? none) : none,
        isSearching: isFetching || q !== text.trim(),
        error,
    };
}
