import type { QueryClient } from '@tanstack/react-query';
import type { ChatApi } from '../api/chatApi';
import type { Message, Room } from '../api/types';

export const roomsKey = ['rooms'] as const;

const mostPages = 10;

/** All rooms of the user, up to the number that one socket may hear. */
async function loadRooms(api: ChatApi): Promise<Room[]> {
    const rooms: Room[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page++) {
        const { data, next_cursor } = await api.myRooms(cursor);
        rooms.push(...data);
        if (!next_cursor) {
            break;
        }
        cursor = next_cursor;
    }
    return byActivity(rooms);
}

export function withRoom(rooms: readonly Room[], room: Room): Room[] {
    return byActivity([...rooms.filter(({ id }) => id !== room.id), room]);
}

export function withoutRoom(rooms: readonly Room[], roomId: string): Room[] {
    return rooms.filter(({ id }) => id !== roomId);
}

/** What a new message means for its room: it moves up, and counts as unread unless it is one's own. */
export function withActivity(rooms: readonly Room[], message: Message, myId: string): Room[] {
    const changed = rooms.map((room) => {
        const lastSeq = room.last_seq ?? 0;
        if (room.id !== message.room_id || message.seq <= lastSeq) {
            return room;
        }
        const lastRead = message.user_id === myId ? message.seq : (room.last_read_seq ?? 0);
        return {
            ...room,
            last_seq: message.seq,
            last_message_at: message.created_at,
            last_read_seq: lastRead,
            unread_count: message.seq - lastRead,
        };
    });
    return byActivity(changed);
}

export function withRead(rooms: readonly Room[], roomId: string, seq: number): Room[] {
    return rooms.map((room) => {
        if (room.id !== roomId || seq <= (room.last_read_seq ?? 0)) {
            return room;
        }
        return { ...room, last_read_seq: seq, unread_count: Math.max(0, (room.last_seq ?? seq) - seq) };
    });
}

/** The event carries the room as everybody sees it: what is the caller's own stays as it was. */
export function withUpdate(rooms: readonly Room[], update: Room): Room[] {
    return rooms.map((room) =>
        room.id === update.id
            ? {
                  ...room,
                  name: update.name,
                  topic: update.topic,
                  avatar: update.avatar,
                  member_count: update.member_count,
              }
            : room,
    );
}

/** The server's list hears of messages a moment after this page may have: what was heard here stays heard. */
export function withoutStepsBack(loaded: readonly Room[], held: readonly Room[]): Room[] {
    const heldById = new Map(held.map((room) => [room.id, room]));
    return byActivity(loaded.map((room) => withoutStepBack(room, heldById.get(room.id))));
}

function withoutStepBack(room: Room, held: Room | undefined): Room {
    const further = held && (held.last_seq ?? 0) > (room.last_seq ?? 0) ? held : room;
    const lastSeq = further.last_seq ?? 0;
    const lastReadSeq = Math.max(room.last_read_seq ?? 0, held?.last_read_seq ?? 0);
    return {
        ...room,
        last_seq: lastSeq,
        last_message_at: further.last_message_at,
        last_read_seq: lastReadSeq,
        unread_count: Math.max(0, lastSeq - lastReadSeq),
    };
}

type Change = (rooms: readonly Room[]) => Room[];

/** The list that this page holds, and how it keeps up with the server. */
export class RoomList {
    private readonly queries: QueryClient;
    private readonly api: ChatApi;
    /** What has changed while an answer was on its way: the answer may have been written before that. */
    private readonly loading = new Set<Change[]>();

    constructor(queries: QueryClient, api: ChatApi) {
        this.queries = queries;
        this.api = api;
    }

    /** All rooms of the user, with everything that became known here since they were asked for. */
    async load(): Promise<Room[]> {
        const since: Change[] = [];
        this.loading.add(since);
        try {
            const rooms = await loadRooms(this.api);
            const held = this.queries.getQueryData<Room[]>(roomsKey) ?? [];
            return since.reduce<Room[]>((list, change) => change(list), withoutStepsBack(rooms, held));
        } finally {
            this.loading.delete(since);
        }
    }

    /** The change is made at once, and once more to each answer that is on its way: twice must be as good as once. */
    change(change: Change): void {
        this.loading.forEach((since) => since.push(change));
        this.queries.setQueryData<Room[]>(roomsKey, (rooms) => rooms && change(rooms));
    }

    find(roomId: string): Room | undefined {
        return this.queries.getQueryData<Room[]>(roomsKey)?.find(({ id }) => id === roomId);
    }

    reload(): void {
        void this.queries.invalidateQueries({ queryKey: roomsKey });
    }
}

function byActivity(rooms: readonly Room[]): Room[] {
    return [...rooms].sort((a, b) => activity(b).localeCompare(activity(a)));
}

function activity(room: Room): string {
    return room.last_message_at ?? room.created_at;
}
