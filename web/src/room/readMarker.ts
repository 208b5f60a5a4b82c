import type { Message } from '../api/types';
import { type RoomList, withRead } from '../rooms/roomList';

/** Quick successions of messages move the marker once. */
const settleMs = 400;

/** Moves the user's read markers, in the list at once and on the server soon after. */
export class ReadMarker {
    private readonly rooms: RoomList;
    private readonly tell: (messageId: string) => Promise<unknown>;
    private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

    constructor(rooms: RoomList, tell: (messageId: string) => Promise<unknown>) {
        this.rooms = rooms;
        this.tell = tell;
    }

    readUpTo({ id, room_id, seq }: Pick<Message, 'id' | 'room_id' | 'seq'>): void {
        this.rooms.change((list) => withRead(list, room_id, seq));
        clearTimeout(this.timers.get(room_id));
        this.timers.set(
            room_id,
            setTimeout(() => {
                this.timers.delete(room_id);
                // The next message read moves the marker past this one too: one that got lost is no harm.
                this.tell(id).catch(() => undefined);
            }, settleMs),
        );
    }
}
