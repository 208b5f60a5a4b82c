import { beforeEach, describe, expect, it } from 'vitest';
import type { NewMessage } from '../api/chatApi';
import { NoConnection, Problem } from '../api/problem';
import type { Message } from '../api/types';
import { deferred, message } from '../testing/builders';
import { Outbox } from './outbox';

type Answer = Promise<Message>;

/** A server that stores a client_id once and answers as the test has planned. */
class Server {
    readonly tries: NewMessage[] = [];
    readonly stored: Message[] = [];
    readonly planned: ((post: () => Message) => Answer)[] = [];

    readonly post = (roomId: string, sent: NewMessage): Answer => {
        this.tries.push(sent);
        const plan = this.planned.shift() ?? ((store) => Promise.resolve(store()));
        return plan(() => this.store(roomId, sent));
    };

    private store(roomId: string, { client_id, content }: NewMessage): Message {
        const first = this.stored.find((held) => held.client_id === client_id);
        if (first) {
            return first;
        }
        const next = message(this.stored.length + 1, { room_id: roomId, client_id, content });
        this.stored.push(next);
        return next;
    }
}

const offline = () => Promise.reject(new NoConnection());
const answerLost = (store: () => Message) => {
    store();
    return offline();
};

describe('the outbox', () => {
    let server: Server;
    let outbox: Outbox;
    let sent: Message[];
    let pauses: number[];

    beforeEach(() => {
        server = new Server();
        sent = [];
        pauses = [];
        let id = 0;
        outbox = new Outbox({
            post: server.post,
            onSent: (confirmed) => sent.push(confirmed),
            newId: () => `client-${++id}`,
            wait: (ms) => {
                pauses.push(ms);
                return Promise.resolve();
            },
        });
    });

    function write(content: string, roomId = 'room'): void {
        outbox.send({ roomId, content, attachments: [] });
    }

    function states(): string[] {
        return outbox.get().map(({ content, state }) => `${content}: ${state}`);
    }

    it('shows a message as sending until the server has it', async () => {
        const answer = deferred<Message>();
        server.planned.push((store) => answer.promise.then(store));
        write('hello');
        expect(states()).toEqual(['hello: sending']);
        answer.resolve(message(1));
        await expect.poll(() => sent).toHaveLength(1);
        expect(outbox.get()).toEqual([]);
    });

    it('keeps the order in a room when the first try of the first message fails', async () => {
        server.planned.push(offline);
        write('one');
        write('two');
        await expect.poll(() => sent).toHaveLength(2);
        expect(server.stored.map(({ content }) => content)).toEqual(['one', 'two']);
    });

    it('does not let one room wait for another', async () => {
        const never = deferred<Message>();
        server.planned.push(() => never.promise);
        write('stuck', 'slow room');
        write('quick', 'other room');
        await expect.poll(() => sent.map(({ content }) => content)).toEqual(['quick']);
    });

    it('sends again under the same client_id, so that a lost answer doubles nothing', async () => {
        server.planned.push(answerLost);
        write('once');
        await expect.poll(() => sent).toHaveLength(1);
        expect(new Set(server.tries.map(({ client_id }) => client_id)).size).toBe(1);
        expect(server.tries).toHaveLength(2);
        expect(server.stored).toHaveLength(1);
    });

    it('waits as long as the server asks', async () => {
        server.planned.push(() =>
            Promise.reject(new Problem({ status: 429, code: 'rate_limited', retryAfterMs: 7_000 })),
        );
        write('patient');
        await expect.poll(() => sent).toHaveLength(1);
        expect(pauses).toEqual([7_000]);
    });

    it('gives up after three tries, says why, and sends on a retry', async () => {
        server.planned.push(offline, offline, offline);
        write('trouble');
        await expect.poll(states).toEqual(['trouble: failed']);
        expect(outbox.get()[0]?.reason).toMatch(/cannot be reached/);
        expect(server.tries).toHaveLength(3);

        outbox.retry('client-1');
        expect(states()).toEqual(['trouble: sending']);
        await expect.poll(() => sent).toHaveLength(1);
    });

    it('does not repeat what the server refused', async () => {
        server.planned.push(() => Promise.reject(new Problem({ status: 403, code: 'forbidden' })));
        write('refused');
        write('accepted');
        await expect.poll(() => sent).toHaveLength(1);
        expect(states()).toEqual(['refused: failed']);
        expect(server.tries).toHaveLength(2);
    });

    it('lets go of a message that turned up by another way', async () => {
        const never = deferred<Message>();
        server.planned.push(() => never.promise);
        write('seen elsewhere');
        outbox.settle(message(5, { client_id: 'somebody else' }));
        expect(states()).toEqual(['seen elsewhere: sending']);
        outbox.settle(message(6, { client_id: 'client-1' }));
        expect(outbox.get()).toEqual([]);
        await expect.poll(() => server.tries).toHaveLength(1);
    });

    it('goes on with what an earlier page left', async () => {
        const left = { roomId: 'room', content: 'left', attachments: [], clientId: 'old', reason: null };
        const next = new Outbox({
            post: server.post,
            onSent: (confirmed) => sent.push(confirmed),
            newId: () => 'new',
            initial: [{ ...left, createdAt: '2026-01-05T12:00:00.000Z', state: 'sending' }],
        });
        next.start();
        await expect.poll(() => sent.map(({ client_id }) => client_id)).toEqual(['old']);
    });
});
