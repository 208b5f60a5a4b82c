import type { Http } from './http';
import type { HistoryPage, Member, Message, Page, Presence, Room, RoomType, User } from './types';

export interface NewRoom {
    name?: string;
    type: RoomType;
    topic?: string;
    member_ids?: string[];
}

export interface NewMessage {
    content: string;
    attachment_ids: string[];
    client_id: string;
}

export type HistoryPlace = { before: number } | { after: number } | { newest: true };

const historyPageSize = 50;

/** The calls of the contract that this client makes, one function each. */
export function chatApi(http: Http) {
    return {
        myRooms: (cursor?: string) => http<Page<Room>>('/api/chat/rooms', { query: { limit: 100, cursor } }),

        publicRooms: (q: string, signal?: AbortSignal) =>
            http<Page<Room>>('/api/chat/rooms', {
                query: { scope: 'public', q: q || undefined },
                signal,
            }),

        room: (id: string) => http<Room>(`/api/chat/rooms/${id}`),

        createRoom: (room: NewRoom) => http<Room>('/api/chat/rooms', { method: 'POST', json: room }),

        members: (roomId: string, limit = 100) =>
            http<Page<Member>>(`/api/chat/rooms/${roomId}/members`, { query: { limit } }),

        addMember: (roomId: string, userId: string) =>
            http<Member>(`/api/chat/rooms/${roomId}/members`, {
                method: 'POST',
                json: { user_id: userId },
            }),

        history: (roomId: string, place: HistoryPlace) =>
            http<HistoryPage>(`/api/chat/rooms/${roomId}/messages`, {
                query: { limit: historyPageSize, ...('newest' in place ? {} : place) },
            }),

        post: (roomId: string, message: NewMessage) =>
            http<Message>(`/api/chat/rooms/${roomId}/messages`, { method: 'POST', json: message }),

        markRead: (messageId: string) =>
            http<undefined>(`/api/chat/messages/${messageId}/read`, { method: 'POST' }),

        user: (id: string) => http<User>(`/api/users/${id}`),

        findUsers: (q: string, signal?: AbortSignal) =>
            http<Page<User>>('/api/users', { query: { q, limit: 8 }, signal }),

        presence: (userIds: string[]) =>
            http<{ data: Presence[] }>('/api/chat/presence', { query: { user_ids: userIds.join(',') } }),
    };
}

export type ChatApi = ReturnType<typeof chatApi>;
