import { describe, expect, it } from 'vitest';
import type { Message } from '../api/types';
import type { Pending } from '../composer/outbox';
import { ada, grace, message } from '../testing/builders';
import { type Row, rowsOf } from './rows';

const nothingUnread = { after: 0, upTo: 0 };

function rows(
    messages: Message[],
    options: { pending?: Pending[]; unread?: typeof nothingUnread } = {},
): Row[] {
    const { pending = [], unread = nothingUnread } = options;
    return rowsOf({ messages, pending, myId: ada.id, unread });
}

/** `day`, `new`, `3` for a message with its author shown, `+4` for one below it, `?text` for a pending one. */
function sketch(of: Row[]): string[] {
    return of.map((row) => {
        switch (row.kind) {
            case 'message':
                return `${row.isContinued ? '+' : ''}${row.message.seq}`;
            case 'pending':
                return `?${row.pending.content}`;
            default:
                return row.kind;
        }
    });
}

function pending(clientId: string, content: string): Pending {
    return {
        roomId: 'room',
        content,
        attachments: [],
        clientId,
        createdAt: '2026-01-05T12:01:00.000Z',
        state: 'sending',
        reason: null,
    };
}

describe('the rows of a log', () => {
    it('put what one author says in a row under one name', () => {
        const said = [message(1), message(2), message(3, { user_id: grace.id }), message(4)];
        expect(sketch(rows(said))).toEqual(['day', '1', '+2', '3', '4']);
    });

    it('name the author again after a pause', () => {
        const later = message(2, { created_at: '2026-01-05T12:05:02.000Z' });
        expect(sketch(rows([message(1), later]))).toEqual(['day', '1', '2']);
    });

    it('separate days', () => {
        const nextDay = message(2, { created_at: '2026-01-07T12:00:00.000Z' });
        expect(sketch(rows([message(1), nextDay]))).toEqual(['day', '1', 'day', '2']);
    });

    it('mark where the unread begins, and only what was unread at the start', () => {
        const said = [message(1), message(2), message(3), message(4)];
        expect(sketch(rows(said, { unread: { after: 2, upTo: 3 } }))).toEqual([
            'day',
            '1',
            '+2',
            'new',
            '3',
            '+4',
        ]);
        expect(sketch(rows(said, { unread: { after: 3, upTo: 3 } }))).toEqual(['day', '1', '+2', '+3', '+4']);
    });

    it('show where messages are missing', () => {
        expect(sketch(rows([message(1), message(3)]))).toEqual(['day', '1', 'gap', '3']);
    });

    it('put unconfirmed messages last', () => {
        expect(sketch(rows([message(1)], { pending: [pending('a', 'hi')] }))).toEqual(['day', '1', '?hi']);
    });

    it('show a message once when its event overtakes its answer', () => {
        const confirmed = message(2, { client_id: 'a', content: 'hi' });
        const shown = rows([message(1), confirmed], { pending: [pending('a', 'hi'), pending('b', 'ho')] });
        expect(sketch(shown)).toEqual(['day', '1', '+2', '?ho']);
    });

    it('do not take a stranger with the same client_id for oneself', () => {
        const strangers = message(2, { client_id: 'a', user_id: grace.id });
        expect(sketch(rows([strangers], { pending: [pending('a', 'hi')] }))).toEqual(['day', '2', '?hi']);
    });

    it('keep the key of a message when it is confirmed', () => {
        const before = rows([], { pending: [pending('a', 'hi')] }).at(-1)?.key;
        const after = rows([message(1, { client_id: 'a' })]).at(-1)?.key;
        expect(after).toBe(before);
    });
});
