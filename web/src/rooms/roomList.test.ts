import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { ChatApi } from '../api/chatApi';
import type { Room } from '../api/types';
import { ada, grace, message, room } from '../testing/builders';
import { RoomList, roomsKey, withActivity, withoutRoom, withRead, withRoom, withUpdate } from './roomList';

const quiet = room('quiet', { last_message_at: '2026-01-02T00:00:00.000Z', last_seq: 4, last_read_seq: 4 });
const busy = room('busy', { last_message_at: '2026-01-03T00:00:00.000Z', last_seq: 9, last_read_seq: 9 });

describe('the room list', () => {
    it('moves a room up and counts when somebody else speaks', () => {
        const said = message(5, { room_id: 'quiet', user_id: grace.id });
        const [first] = withActivity([busy, quiet], said, ada.id);
        expect(first).toMatchObject({ id: 'quiet', unread_count: 1, last_seq: 5 });
    });

    it('counts the same message once', () => {
        const said = message(5, { room_id: 'quiet', user_id: grace.id });
        const twice = withActivity(withActivity([quiet], said, ada.id), said, ada.id);
        expect(twice[0]?.unread_count).toBe(1);
    });

    it('takes one’s own messages as read', () => {
        const said = message(5, { room_id: 'quiet', user_id: ada.id });
        expect(withActivity([quiet], said, ada.id)[0]).toMatchObject({ unread_count: 0, last_read_seq: 5 });
    });

    it('moves the read marker forward only', () => {
        const unread = room('r', { last_seq: 10, last_read_seq: 6, unread_count: 4 });
        expect(withRead([unread], 'r', 8)[0]).toMatchObject({ last_read_seq: 8, unread_count: 2 });
        expect(withRead([unread], 'r', 3)[0]).toMatchObject({ last_read_seq: 6, unread_count: 4 });
    });

    it('keeps what is the caller’s own when the room is changed', () => {
        const mine = room('r', { role: 'admin', unread_count: 3, last_seq: 3 });
        const changed = withUpdate([mine], room('r', { name: 'Renamed', role: null, unread_count: 0 }));
        expect(changed[0]).toMatchObject({ name: 'Renamed', role: 'admin', unread_count: 3 });
    });
});

describe('a list that changes while it is loaded', () => {
    /** A list whose answers come when the test says so, and what it shows. */
    function open() {
        const answers: ((rooms: Room[]) => void)[] = [];
        const myRooms = () =>
            new Promise((answer) => answers.push((data) => answer({ data, next_cursor: null })));
        const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
        const rooms = new RoomList(queries, { myRooms } as unknown as ChatApi);
        const load = () => queries.query({ queryKey: roomsKey, queryFn: () => rooms.load() });
        const shown = () => queries.getQueryData<Room[]>(roomsKey)?.map(({ id }) => id);
        const unread = (roomId: string) => rooms.find(roomId)?.unread_count;
        return { answers, rooms, load, shown, unread };
    }

    it('keeps a room made after the server had written its answer', async () => {
        const { answers, rooms, load, shown } = open();
        const first = load();
        answers[0]?.([quiet]);
        await first;

        const second = load();
        rooms.change((list) => withRoom(list, busy));
        answers[1]?.([quiet]);
        await second;

        expect(shown()).toEqual(['busy', 'quiet']);
    });

    it('keeps a room made before the first answer is there', async () => {
        const { answers, rooms, load, shown } = open();
        const loaded = load();

        rooms.change((list) => withRoom(list, busy));
        answers[0]?.([quiet]);
        await loaded;

        expect(shown()).toEqual(['busy', 'quiet']);
    });

    it('does not bring back a room that was left meanwhile', async () => {
        const { answers, rooms, load, shown } = open();
        const loaded = load();

        rooms.change((list) => withoutRoom(list, 'busy'));
        answers[0]?.([quiet, busy]);
        await loaded;

        expect(shown()).toEqual(['quiet']);
    });

    it('does not unsay a message that the server’s list has not counted yet', async () => {
        const { answers, rooms, load, shown, unread } = open();
        const first = load();
        answers[0]?.([busy, quiet]);
        await first;
        const said = message(5, {
            room_id: 'quiet',
            user_id: grace.id,
            created_at: '2026-01-04T00:00:00.000Z',
        });
        rooms.change((list) => withActivity(list, said, ada.id));

        const second = load();
        answers[1]?.([busy, quiet]);
        await second;

        expect(shown()).toEqual(['quiet', 'busy']);
        expect(unread('quiet')).toBe(1);
    });

    it('takes the next answer as it is', async () => {
        const { answers, rooms, load, shown } = open();
        const first = load();
        rooms.change((list) => withRoom(list, busy));
        answers[0]?.([quiet]);
        await first;

        const second = load();
        answers[1]?.([quiet]);
        await second;

        expect(shown()).toEqual(['quiet']);
    });
});
