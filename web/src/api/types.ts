// The contract's records, as they travel.

export interface User {
    id: string;
    username: string;
    name: string;
    avatar: string | null;
    created_at: string;
}

export interface SessionAnswer {
    user: User;
    access_token: string;
    token_type: 'Bearer';
    /** Seconds until the access token ends. */
    expires_in: number;
    refresh_token: string;
}

export type RoomType = 'private' | 'group' | 'public';

export interface Room {
    id: string;
    /** Empty for a direct conversation: it goes by the name of the other member. */
    name: string | null;
    type: RoomType;
    topic: string | null;
    avatar: string | null;
    created_at: string;
    member_count: number;
    /** Null for someone who is no member. */
    role: 'admin' | 'member' | null;
    last_seq: number | null;
    last_message_at: string | null;
    last_read_seq: number | null;
    unread_count: number | null;
}

export interface Member {
    user: User;
    role: 'admin' | 'member';
    joined_at: string;
}

export interface MediaVariant {
    name: string;
    url: string;
    file_type: string;
    width?: number | null;
    height?: number | null;
}

export interface Attachment {
    id: string;
    url: string | null;
    file_url: string | null;
    name: string;
    file_type: string;
    file_size: number;
    status: 'processing' | 'ready' | 'rejected';
    metadata: {
        width?: number | null;
        height?: number | null;
        variants?: MediaVariant[] | null;
    } | null;
}

export interface Message {
    id: string;
    room_id: string;
    seq: number;
    /** Null where nobody wrote it: system messages that were imported. */
    user_id: string | null;
    content: string;
    type: 'text' | 'file' | 'system';
    parent_id: string | null;
    attachments: Attachment[];
    client_id: string | null;
    created_at: string;
    edited_at: string | null;
    deleted_at: string | null;
}

/** A stretch of a room's history, ascending by seq. */
export interface HistoryPage {
    data: Message[];
    has_before: boolean;
    has_after: boolean;
}

export interface Page<T> {
    data: T[];
    next_cursor: string | null;
}

export type PresenceStatus = 'online' | 'away' | 'dnd' | 'offline';

export interface Presence {
    user_id: string;
    status: PresenceStatus;
    text: string | null;
    last_seen_at: string | null;
}

/** What this installation tells its clients. */
export interface ClientConfig {
    realtime: {
        key: string;
        /** What stands before `/app/{key}` in the socket's address. */
        path: string;
    };
    limits: { message_length: number; room_name_length: number };
    media: {
        /** In bytes. */
        max_file_size: number;
    };
}
