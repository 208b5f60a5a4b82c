import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatApi, HistoryPlace } from '../api/chatApi';
import { NoConnection } from '../api/problem';
import type { HistoryPage } from '../api/types';
import { deferred, message, messages, page } from '../testing/builders';
import { gaps, type Timeline, timelineFrom } from './timeline';
import { timelineKey, Timelines } from './timelines';

/** A server's history of one room, as long as the test says, in pages of 50. */
class History {
    length = 0;
    readonly asked: HistoryPlace[] = [];
    failures = 0;
    /** Seqs that retention has taken away. */
    readonly purged = new Set<number>();

    readonly answer = (_room: string, place: HistoryPlace): Promise<HistoryPage> => {
        this.asked.push(place);
        if (this.failures > 0) {
            this.failures--;
            return Promise.reject(new NoConnection());
        }
        const [from, to] = this.range(place);
        const data = messages(from, to).filter(({ seq }) => !this.purged.has(seq));
        return Promise.resolve(page(data, { before: from > 1, after: to < this.length }));
    };

    private range(place: HistoryPlace): [number, number] {
        if ('after' in place) {
            return [place.after + 1, Math.min(this.length, place.after + 50)];
        }
        const end = 'before' in place ? place.before - 1 : this.length;
        return [Math.max(1, end - 49), end];
    }
}

describe('timelines', () => {
    let queries: QueryClient;
    let history: History;
    let timelines: Timelines;

    beforeEach(() => {
        queries = new QueryClient();
        history = new History();
        timelines = new Timelines(queries, { history: history.answer } as ChatApi);
    });

    function hold(from: number, to: number): void {
        queries.setQueryData(
            timelineKey('room'),
            timelineFrom(page(messages(from, to), { before: from > 1 })),
        );
    }

    function held(): Timeline {
        return queries.getQueryData<Timeline>(timelineKey('room')) ?? timelineFrom(page([]));
    }

    async function holds(from: number, to: number): Promise<void> {
        const wanted = messages(from, to).map(({ seq }) => seq);
        await expect.poll(() => held().messages.map(({ seq }) => seq)).toEqual(wanted);
    }

    it('fetch what is missing when a message shows a gap', async () => {
        hold(1, 41);
        history.length = 43;
        timelines.receive('room', [message(43)]);
        await holds(1, 43);
        expect(history.asked).toEqual([{ after: 41 }]);
    });

    it('fill a second gap that opened while the first was being filled', async () => {
        hold(1, 41);
        history.length = 43;
        timelines.receive('room', [message(43)]);
        history.length = 45;
        timelines.receive('room', [message(45)]);
        await holds(1, 45);
    });

    it('ask once for a gap, however many messages show it', async () => {
        hold(1, 41);
        history.length = 46;
        [43, 44, 45, 46].forEach((seq) => timelines.receive('room', [message(seq)]));
        await holds(1, 46);
        expect(history.asked).toHaveLength(1);
    });

    it('do not ask again for what the server no longer has', async () => {
        hold(1, 41);
        history.length = 44;
        history.purged.add(42);
        timelines.receive('room', [message(43)]);
        await expect.poll(() => history.asked.length).toBe(1);
        await timelines.catchUp('room');
        timelines.receive('room', [message(44)]);
        expect(gaps(held())).toEqual([41]);
        expect(history.asked.slice(1)).not.toContainEqual({ after: 41 });
    });

    it('catch up over several pages after a break', async () => {
        hold(1, 10);
        history.length = 130;
        await timelines.catchUp('room');
        await holds(1, 130);
    });

    it('start anew from the newest after a very long break', async () => {
        hold(1, 10);
        history.length = 2_000;
        await timelines.catchUp('room');
        await holds(1_951, 2_000);
        expect(held().hasBefore).toBe(true);
    });

    it('try a gap again with the next message when the fetch failed', async () => {
        hold(1, 41);
        history.length = 44;
        history.failures = 1;
        timelines.receive('room', [message(43)]);
        await expect.poll(() => history.asked.length).toBe(1);
        timelines.receive('room', [message(44)]);
        await holds(1, 44);
    });

    it('keep what is heard while the first page is on its way', async () => {
        const answer = deferred<HistoryPage>();
        timelines = new Timelines(queries, { history: () => answer.promise } as unknown as ChatApi);
        const loading = timelines.loadNewest('room');
        timelines.receive('room', [message(4)]);
        answer.resolve(page(messages(1, 3)));
        expect((await loading).messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    });

    it('load the page before, and none before the beginning', async () => {
        hold(61, 70);
        history.length = 70;
        await Promise.all([timelines.loadOlder('room'), timelines.loadOlder('room')]);
        await timelines.loadOlder('room');
        await timelines.loadOlder('room');
        await holds(1, 70);
        expect(history.asked).toEqual([{ before: 61 }, { before: 11 }]);
    });

    it('load nothing for a room that is not open', () => {
        timelines.receive('room', [message(7)]);
        expect(queries.getQueryData(timelineKey('room'))).toBeUndefined();
        expect(history.asked).toEqual([]);
    });
});
