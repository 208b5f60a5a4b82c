import type { Message } from '../api/types';
import type { Pending } from '../composer/outbox';

/** What the log shows, from top to bottom. */
export type Row =
    | { kind: 'day'; key: string; at: string }
    | { kind: 'new'; key: string }
    | { kind: 'gap'; key: string }
    | { kind: 'message'; key: string; message: Message; isContinued: boolean }
    | { kind: 'pending'; key: string; pending: Pending; isContinued: boolean };

interface RowsInput {
    messages: readonly Message[];
    pending: readonly Pending[];
    myId: string;
    /** What was unread when the room was opened. */
    unread: Unread;
}

/** Messages after one seq up to another. */
export interface Unread {
    after: number;
    upTo: number;
}

/** Messages of one author within this time stand together under one name. */
const togetherMs = 5 * 60_000;

interface Spoken {
    authorId: string | null;
    at: string;
}

export function rowsOf({ messages, pending, myId, unread }: RowsInput): Row[] {
    const rows: Row[] = [];
    let before: Spoken | null = null;
    let previousSeq: number | null = null;
    let isNewMarked = false;

    for (const message of messages) {
        const spoken = { authorId: message.user_id, at: message.created_at };
        const hasGap = previousSeq !== null && message.seq !== previousSeq + 1;
        const startsNew: boolean = !isNewMarked && isUnread(message, unread);
        isNewMarked ||= startsNew;
        if (hasGap) {
            rows.push({ kind: 'gap', key: `gap-${message.seq}` });
        }
        rows.push(...dayBetween(before, spoken));
        if (startsNew) {
            rows.push({ kind: 'new', key: 'new' });
        }
        const isContinued = !hasGap && !startsNew && continues(before, spoken) && !message.parent_id;
        rows.push({ kind: 'message', key: keyOf(message), message, isContinued });
        before = spoken;
        previousSeq = message.seq;
    }
    for (const entry of unconfirmed(messages, pending, myId)) {
        const spoken = { authorId: myId, at: entry.createdAt };
        rows.push(...dayBetween(before, spoken));
        const isContinued = continues(before, spoken);
        rows.push({ kind: 'pending', key: `${myId}/${entry.clientId}`, pending: entry, isContinued });
        before = spoken;
    }
    return rows;
}

/** For someone who has read nothing yet, all is new and nothing needs a mark. */
function isUnread({ seq }: Message, { after, upTo }: Unread): boolean {
    return after > 0 && seq > after && seq <= upTo;
}

/** A message that came back by itself before its answer did is shown once. */
function unconfirmed(
    messages: readonly Message[],
    pending: readonly Pending[],
    myId: string,
): readonly Pending[] {
    if (pending.length === 0) {
        return pending;
    }
    const confirmed = new Set(
        messages.filter(({ user_id }) => user_id === myId).map(({ client_id }) => client_id),
    );
    return pending.filter(({ clientId }) => !confirmed.has(clientId));
}

// Before and after the server's answer the same key: the row stays the same element.
function keyOf(message: Message): string {
    return message.client_id ? `${message.user_id}/${message.client_id}` : message.id;
}

function dayBetween(before: Spoken | null, next: Spoken): Row[] {
    const isSameDay = before && dayOf(before.at) === dayOf(next.at);
    return isSameDay ? [] : [{ kind: 'day', key: `day-${dayOf(next.at)}`, at: next.at }];
}

function continues(before: Spoken | null, next: Spoken): boolean {
    return (
        before !== null &&
        before.authorId === next.authorId &&
        dayOf(before.at) === dayOf(next.at) &&
        Date.parse(next.at) - Date.parse(before.at) < togetherMs
    );
}

function dayOf(at: string): string {
    return new Date(at).toDateString();
}
