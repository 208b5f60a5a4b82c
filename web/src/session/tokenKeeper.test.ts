// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { withToken } from '../api/http';
import { NoConnection, Problem } from '../api/problem';
import type { SessionAnswer } from '../api/types';
import { deferred, sessionAnswer } from '../testing/builders';
import { sessionFrom, SessionStore } from './sessionStore';
import { TokenKeeper } from './tokenKeeper';

const minute = 60_000;

describe('the token keeper', () => {
    let now: number;
    let store: SessionStore;
    let refreshed: string[];
    let answers: (() => Promise<SessionAnswer>)[];
    let keeper: TokenKeeper;

    beforeEach(() => {
        localStorage.clear();
        now = 0;
        refreshed = [];
        answers = [];
        store = new SessionStore(localStorage);
        store.set(sessionFrom(sessionAnswer('1'), now));
        keeper = keeperOn(store);
    });

    function keeperOn(of: SessionStore): TokenKeeper {
        const refresh = (token: string) => {
            refreshed.push(token);
            return (answers.shift() ?? (() => Promise.resolve(sessionAnswer('2'))))();
        };
        return new TokenKeeper(of, refresh, oneAtATime(), () => now);
    }

    it('hands out a token that is good', async () => {
        now = 13 * minute;
        expect(await keeper.current()).toBe('access-1');
        expect(refreshed).toEqual([]);
    });

    it('renews before the end', async () => {
        now = 14 * minute + 1;
        expect(await keeper.current()).toBe('access-2');
        expect(refreshed).toEqual(['refresh-1']);
    });

    it('renews once for all calls that wait', async () => {
        now = 20 * minute;
        const answer = deferred<SessionAnswer>();
        answers.push(() => answer.promise);
        const calls = [keeper.current(), keeper.replace('access-1'), keeper.current()];
        answer.resolve(sessionAnswer('2'));
        expect(await Promise.all(calls)).toEqual(['access-2', 'access-2', 'access-2']);
        expect(refreshed).toEqual(['refresh-1']);
    });

    it('renews once when many parallel calls are refused', async () => {
        const call = (token: string) =>
            token === 'access-2'
                ? Promise.resolve('done')
                : Promise.reject(new Problem({ status: 401, code: 'token_expired' }));
        const done = await Promise.all([1, 2, 3, 4].map(() => withToken(keeper, call)));
        expect(done).toEqual(['done', 'done', 'done', 'done']);
        expect(refreshed).toEqual(['refresh-1']);
    });

    it('does not renew for a refusal that came late', async () => {
        await keeper.replace('access-1');
        expect(await keeper.replace('access-1')).toBe('access-2');
        expect(refreshed).toHaveLength(1);
    });

    it('takes what another tab has renewed instead of using a dead refresh token', async () => {
        const otherTab = new SessionStore(localStorage);
        otherTab.set(sessionFrom(sessionAnswer('by the other tab'), now));
        expect(await keeper.replace('access-1')).toBe('access-by the other tab');
        expect(refreshed).toEqual([]);
    });

    it('ends the session when the refresh token is dead', async () => {
        answers.push(() => Promise.reject(new Problem({ status: 401, code: 'unauthenticated' })));
        await expect(keeper.replace('access-1')).rejects.toMatchObject({ status: 401 });
        expect(store.get()).toBeNull();
        expect(store.wasEnded()).toBe(true);
        expect(new SessionStore(localStorage).get()).toBeNull();
    });

    it.each([new NoConnection(), new Problem({ status: 503, code: 'unavailable' })])(
        'keeps the session through %s',
        async (trouble) => {
            answers.push(() => Promise.reject(trouble));
            await expect(keeper.replace('access-1')).rejects.toBe(trouble);
            expect(await keeper.replace('access-1')).toBe('access-2');
        },
    );

    it('does not bring back a session that was signed out meanwhile', async () => {
        const answer = deferred<SessionAnswer>();
        answers.push(() => answer.promise);
        const renewal = keeper.replace('access-1');
        await expect.poll(() => refreshed).toHaveLength(1);
        store.clear();
        answer.resolve(sessionAnswer('2'));
        await expect(renewal).rejects.toMatchObject({ status: 401 });
        expect(store.get()).toBeNull();
    });
});

/** What navigator.locks does, for one page. */
function oneAtATime() {
    let last: Promise<unknown> = Promise.resolve();
    return <T>(work: () => Promise<T>): Promise<T> => {
        const run = last.then(work);
        last = run.catch(() => undefined);
        return run;
    };
}
