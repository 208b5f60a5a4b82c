import type { HistoryPage, Message } from '../api/types';

/**
 * What this client holds of a room's history: messages ascending by `seq`, each seq once. `seq` has no holes on
 * the server, so a jump between neighbours means that messages in between have not arrived yet.
 */
export interface Timeline {
    readonly messages: readonly Message[];
    readonly hasBefore: boolean;
}

export function timelineFrom(page: HistoryPage): Timeline {
    return { messages: merge([], page.data), hasBefore: page.has_before };
}

/** Takes in messages from anywhere: live, caught up, our own answers. Doubles fall together. */
export function withMessages(timeline: Timeline, incoming: readonly Message[]): Timeline {
    const messages = merge(timeline.messages, incoming);
    return messages === timeline.messages ? timeline : { ...timeline, messages };
}

/** Takes in the page that lies before what is held. */
export function withOlder(timeline: Timeline, page: HistoryPage): Timeline {
    return { messages: merge(timeline.messages, page.data), hasBefore: page.has_before };
}

/** A deleted message stays as a tombstone. */
export function withDeleted(timeline: Timeline, messageId: string, deletedAt: string): Timeline {
    return {
        ...timeline,
        messages: timeline.messages.map((message) =>
            message.id === messageId
                ? { ...message, content: '', attachments: [], deleted_at: deletedAt }
                : message,
        ),
    };
}

export function lastSeq(timeline: Timeline): number {
    return timeline.messages.at(-1)?.seq ?? 0;
}

export function firstSeq(timeline: Timeline): number | undefined {
    return timeline.messages[0]?.seq;
}

/** The seqs after which messages are missing. */
export function gaps({ messages }: Timeline): number[] {
    return messages.map(({ seq }) => seq).filter((seq, i) => (messages[i + 1]?.seq ?? seq + 1) !== seq + 1);
}

function merge(held: readonly Message[], incoming: readonly Message[]): readonly Message[] {
    const first = incoming[0];
    const last = held.at(-1);
    if (!first) {
        return held;
    }
    // Live messages come one by one at the end: no sorting for those.
    if (incoming.length === 1 && (!last || first.seq > last.seq)) {
        return [...held, first];
    }
    const bySeq = new Map(held.map((message) => [message.seq, message]));
    for (const message of incoming) {
        bySeq.set(message.seq, newerOf(bySeq.get(message.seq), message));
    }
    return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** A late repetition of `message.sent` must not undo an edit or bring a deleted message back. */
function newerOf(held: Message | undefined, incoming: Message): Message {
    if (!held) {
        return incoming;
    }
    return version(incoming) >= version(held) ? incoming : held;
}

function version(message: Message): string {
    return [message.deleted_at ?? '', message.edited_at ?? ''].join('/');
}
