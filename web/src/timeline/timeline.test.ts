import { describe, expect, it } from 'vitest';
import { message, messages, page } from '../testing/builders';
import { gaps, lastSeq, type Timeline, timelineFrom, withDeleted, withMessages, withOlder } from './timeline';

function seqs({ messages }: Timeline): number[] {
    return messages.map(({ seq }) => seq);
}

describe('a timeline', () => {
    const held = timelineFrom(page(messages(10, 12), { before: true }));

    it('appends live messages', () => {
        expect(seqs(withMessages(held, [message(13)]))).toEqual([10, 11, 12, 13]);
    });

    it('keeps the order of seq whatever the order of arrival', () => {
        const mixed = withMessages(withMessages(held, [message(15)]), [message(14), message(13)]);
        expect(seqs(mixed)).toEqual([10, 11, 12, 13, 14, 15]);
    });

    it('holds a message once, however often it is heard', () => {
        const again = withMessages(withMessages(held, [message(12)]), messages(11, 13));
        expect(seqs(withMessages(again, [message(13)]))).toEqual([10, 11, 12, 13]);
    });

    it('does not change when there is nothing new to take in', () => {
        expect(withMessages(held, [])).toBe(held);
    });

    it('takes in an edit', () => {
        const edited = message(11, { content: 'better', edited_at: '2026-01-06T00:00:00.000Z' });
        expect(withMessages(held, [edited]).messages[1]?.content).toBe('better');
    });

    it('is not set back by a late repetition of an edited or deleted message', () => {
        const edited = message(11, { content: 'better', edited_at: '2026-01-06T00:00:00.000Z' });
        const afterEdit = withMessages(withMessages(held, [edited]), [message(11)]);
        expect(afterEdit.messages[1]?.content).toBe('better');

        const deleted = withDeleted(held, 'message-12', '2026-01-06T00:00:00.000Z');
        const afterDelete = withMessages(deleted, [message(12)]);
        expect(afterDelete.messages[2]).toMatchObject({
            content: '',
            deleted_at: '2026-01-06T00:00:00.000Z',
        });
    });

    it('grows backwards and learns when the beginning is reached', () => {
        const whole = withOlder(held, page(messages(1, 9)));
        expect(seqs(whole)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        expect(whole.hasBefore).toBe(false);
    });

    it('sees where messages are missing', () => {
        expect(gaps(held)).toEqual([]);
        expect(gaps(withMessages(held, [message(14), message(18)]))).toEqual([12, 14]);
    });

    it('knows its last seq, which is 0 before the first message', () => {
        expect(lastSeq(held)).toBe(12);
        expect(lastSeq(timelineFrom(page([])))).toBe(0);
    });
});
