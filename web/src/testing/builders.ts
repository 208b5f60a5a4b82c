import type { HistoryPage, Message, Room, SessionAnswer, User } from '../api/types';

export const ada: User = user('ada', 'Ada Lovelace');
export const grace: User = user('grace', 'Grace Hopper');

export function user(username: string, name: string): User {
    return { id: `id-${username}`, username, name, avatar: null, created_at: '2026-01-01T00:00:00.000Z' };
}

/** A message whose every field follows from its place in the room, unless told otherwise. */
export function message(seq: number, overrides: Partial<Message> = {}): Message {
    return {
        id: `message-${seq}`,
        room_id: 'room',
        seq,
        user_id: ada.id,
        content: `text ${seq}`,
        type: 'text',
        parent_id: null,
        attachments: [],
        client_id: null,
        created_at: new Date(Date.UTC(2026, 0, 5, 12, 0, seq)).toISOString(),
        edited_at: null,
        deleted_at: null,
        ...overrides,
    };
}

export function messages(from: number, to: number): Message[] {
    return Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
}

export function page(data: Message[], more: { before?: boolean; after?: boolean } = {}): HistoryPage {
    return { data, has_before: more.before ?? false, has_after: more.after ?? false };
}

export function room(id: string, overrides: Partial<Room> = {}): Room {
    return {
        id,
        name: id,
        type: 'group',
        topic: null,
        avatar: null,
        created_at: '2026-01-01T00:00:00.000Z',
        member_count: 2,
        role: 'member',
        last_seq: 0,
        last_message_at: null,
        last_read_seq: 0,
        unread_count: 0,
        ...overrides,
    };
}

export function sessionAnswer(token: string, expiresIn = 900): SessionAnswer {
    return {
        user: ada,
        access_token: `access-${token}`,
        token_type: 'Bearer',
        expires_in: expiresIn,
        refresh_token: `refresh-${token}`,
    };
}

/** A promise that the test settles when it wants to. */
export function deferred<T>() {
    let resolve!: (value: T) => void;
    let reject!: (reason: unknown) => void;
    const promise = new Promise<T>((onResolve, onReject) => {
        resolve = onResolve;
        reject = onReject;
    });
    return { promise, resolve, reject };
}
