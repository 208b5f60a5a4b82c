import { describe, expect, it } from 'vitest';
import { NoConnection, parseRetryAfter, Problem } from './problem';
import { sentenceFor } from './sentences';

function answer(status: number, body: BodyInit | null, headers: Record<string, string> = {}): Response {
    return new Response(body, {
        status,
        headers: { 'Content-Type': 'application/problem+json', ...headers },
    });
}

describe('a problem', () => {
    it('carries what the server says', async () => {
        const body = {
            type: 'about:blank',
            title: 'Validation failed',
            status: 422,
            code: 'validation_failed',
            errors: [{ field: 'name', code: 'too_long', message: 'At most 80 characters.' }],
        };
        const problem = await Problem.from(answer(422, JSON.stringify(body)));
        expect(problem).toMatchObject({ status: 422, code: 'validation_failed' });
        expect(sentenceFor(problem)).toBe('At most 80 characters.');
    });

    it.each(['<html>Bad gateway</html>', '{broken', ''])('survives the body %j', async (body) => {
        const problem = await Problem.from(answer(502, body));
        expect(problem).toMatchObject({ status: 502, isPassing: true });
        expect(sentenceFor(problem)).toBe('The server has trouble right now. Try again in a moment.');
    });

    it('knows how long to wait', async () => {
        const problem = await Problem.from(answer(429, '{"code":"rate_limited"}', { 'Retry-After': '3' }));
        expect(problem.retryAfterMs).toBe(3_000);
        expect(sentenceFor(problem)).toBe('That was a bit fast. Try again in 3 seconds.');
    });

    it('reads Retry-After as seconds or as a date', () => {
        const now = Date.parse('2026-01-05T12:00:00Z');
        expect(parseRetryAfter('0.5', now)).toBe(500);
        expect(parseRetryAfter('Mon, 05 Jan 2026 12:00:10 GMT', now)).toBe(10_000);
        expect(parseRetryAfter('soon', now)).toBeUndefined();
        expect(parseRetryAfter(null, now)).toBeUndefined();
    });

    it('never shows a person a bare error', () => {
        expect(sentenceFor(new NoConnection())).toMatch(/cannot be reached/);
        expect(sentenceFor(new TypeError('x is undefined'))).not.toMatch(/undefined/);
    });
});
