import type { Message, Room } from '../api/types';

/** Events of `private-chat.{room_id}` and `private-user.{user_id}`, by their names on the wire. */
export interface RoomEvents {
    'message.sent': { message: Message };
    'message.updated': { message: Message };
    'message.deleted': { message_id: string; room_id: string; seq: number; user_id: string };
    'typing.started': { room_id: string; user_id: string };
    'typing.stopped': { room_id: string; user_id: string };
    'user.online': { user_id: string };
    'user.offline': { user_id: string; last_seen_at: string | null };
    'room.updated': { room: Room };
    'room.deleted': { room_id: string };
    'member.added': { room_id: string };
    'member.updated': { room_id: string };
    'member.removed': { room_id: string; user_id: string };
}

export interface UserEvents {
    'room.added': { room: Room };
    'room.removed': { room_id: string };
    'room.read': { room_id: string; last_read_seq: number; unread_count: number };
}

export type Handlers<Events> = { [Name in keyof Events]: (event: Events[Name]) => void };
