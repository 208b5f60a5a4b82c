import { describe, expect, it } from 'vitest';
import { ada, grace, message, room } from '../testing/builders';
import { withActivity, withRead, withUpdate } from './roomList';

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
