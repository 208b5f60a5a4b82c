import { NoConnection, Problem } from '../api/problem';
import { sentenceFor } from '../api/sentences';
import type { Attachment, Message } from '../api/types';
import type { NewMessage } from '../api/chatApi';

export interface Draft {
    roomId: string;
    content: string;
    attachments: Attachment[];
}

/** A message that the server has not confirmed yet. */
export interface Pending extends Draft {
    clientId: string;
    createdAt: string;
    state: 'sending' | 'failed';
    /** Why it was not sent, for the person who wrote it. */
    reason: string | null;
}

export interface OutboxOptions {
    post: (roomId: string, message: NewMessage) => Promise<Message>;
    onSent: (message: Message) => void;
    newId: () => string;
    wait?: (ms: number) => Promise<void>;
    initial?: readonly Pending[];
}

// Three tries only: after about ten seconds the writer is told and decides; the client_id keeps a try
// that did arrive from being stored twice.
const pausesMs = [1_000, 3_000];
const longestPauseMs = 30_000;

/**
 * Sends messages in the order they were written, one at a time in a room, and remembers what failed. Every try
 * carries the same `client_id`, so the server stores the message once.
 */
export class Outbox {
    private entries: readonly Pending[];
    private readonly options: Required<Omit<OutboxOptions, 'initial'>>;
    private readonly listeners = new Set<() => void>();
    private readonly busyRooms = new Set<string>();

    constructor({ initial = [], wait = sleep, ...options }: OutboxOptions) {
        this.options = { wait, ...options };
        this.entries = initial;
    }

    readonly get = (): readonly Pending[] => this.entries;

    readonly subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    /** Goes on with what an earlier page left unsent. */
    start(): void {
        new Set(this.entries.map((entry) => entry.roomId)).forEach((roomId) => void this.pump(roomId));
    }

    send(draft: Draft): void {
        const clientId = this.options.newId();
        const createdAt = new Date().toISOString();
        this.update([...this.entries, { ...draft, clientId, createdAt, state: 'sending', reason: null }]);
        void this.pump(draft.roomId);
    }

    retry(clientId: string): void {
        const entry = this.entries.find((candidate) => candidate.clientId === clientId);
        if (entry?.state === 'failed') {
            this.change(clientId, 'sending');
            void this.pump(entry.roomId);
        }
    }

    discard(clientId: string): void {
        this.update(this.entries.filter((entry) => entry.clientId !== clientId));
    }

    /** Whoever signs out takes nothing along. */
    clear(): void {
        this.update([]);
    }

    /** The message has turned up by another way, such as a second tab or an event: it is sent. */
    settle(message: Message): void {
        if (message.client_id && this.entries.some((entry) => entry.clientId === message.client_id)) {
            this.discard(message.client_id);
        }
    }

    private async pump(roomId: string): Promise<void> {
        if (this.busyRooms.has(roomId)) {
            return;
        }
        this.busyRooms.add(roomId);
        try {
            for (let next = this.nextIn(roomId); next; next = this.nextIn(roomId)) {
                await this.deliver(next);
            }
        } finally {
            this.busyRooms.delete(roomId);
        }
    }

    private async deliver(entry: Pending): Promise<void> {
        try {
            const message = await this.postPatiently(entry);
            this.options.onSent(message);
            this.discard(entry.clientId);
        } catch (error) {
            this.change(entry.clientId, 'failed', sentenceFor(error));
        }
    }

    private async postPatiently({ roomId, content, attachments, clientId }: Pending): Promise<Message> {
        const message = {
            content,
            attachment_ids: attachments.map((attachment) => attachment.id),
            client_id: clientId,
        };
        for (const pauseMs of pausesMs) {
            try {
                return await this.options.post(roomId, message);
            } catch (error) {
                const asked = pauseAfter(error, pauseMs);
                if (asked === undefined) {
                    throw error;
                }
                await this.options.wait(asked);
            }
        }
        return this.options.post(roomId, message);
    }

    private nextIn(roomId: string): Pending | undefined {
        return this.entries.find((entry) => entry.roomId === roomId && entry.state === 'sending');
    }

    private change(clientId: string, state: Pending['state'], reason: string | null = null): void {
        this.update(
            this.entries.map((entry) => (entry.clientId === clientId ? { ...entry, state, reason } : entry)),
        );
    }

    private update(entries: readonly Pending[]): void {
        this.entries = entries;
        this.listeners.forEach((listener) => listener());
    }
}

/** How long to wait before the next try, or undefined when another try would fail the same way. */
function pauseAfter(error: unknown, pauseMs: number): number | undefined {
    if (error instanceof NoConnection) {
        return pauseMs;
    }
    if (error instanceof Problem && error.isPassing) {
        return Math.min(error.retryAfterMs ?? pauseMs, longestPauseMs);
    }
    return undefined;
}

function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
}
