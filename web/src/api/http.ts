import { NoConnection, Problem } from './problem';

/** What the transport asks of the session: a token for each call, and a newer one when the server wants it. */
export interface Tokens {
    /** A token that is good for a while yet; refreshed first when it is about to end. */
    current(): Promise<string>;
    /** A token other than the refused one. */
    replace(refused: string): Promise<string>;
}

export interface Call {
    method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
    query?: Record<string, string | number | undefined>;
    json?: unknown;
    body?: BodyInit;
    signal?: AbortSignal | undefined;
}

export type Http = <T>(path: string, call?: Call) => Promise<T>;

/** One call without a session: signing in, refreshing, the public configuration. */
export async function send<T>(
    path: string,
    call: Call = {},
    headers: Record<string, string> = {},
): Promise<T> {
    const response = await reach(pathWithQuery(path, call.query), {
        method: call.method ?? 'GET',
        headers: {
            Accept: 'application/json',
            ...(call.json === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...headers,
        },
        body: call.json === undefined ? (call.body ?? null) : JSON.stringify(call.json),
        signal: call.signal ?? null,
    });
    if (!response.ok) {
        throw await Problem.from(response);
    }
    return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Calls on behalf of the signed-in user. */
export function authorizedHttp(tokens: Tokens, socketId: () => string | undefined): Http {
    return async <T>(path: string, call: Call = {}) =>
        withToken(tokens, (token) => send<T>(path, call, headersFor(token, call, socketId())));
}

/** Runs a call with a token, once more with a new one when the server calls the first one dead. */
export async function withToken<T>(tokens: Tokens, call: (token: string) => Promise<T>): Promise<T> {
    const token = await tokens.current();
    try {
        return await call(token);
    } catch (error) {
        if (error instanceof Problem && error.status === 401) {
            return call(await tokens.replace(token));
        }
        throw error;
    }
}

export function headersFor(
    token: string,
    { method = 'GET' }: Pick<Call, 'method'>,
    socketId: string | undefined,
): Record<string, string> {
    // This page learns of its own changes from the answers, so its socket is left out of their events.
    const origin = method !== 'GET' && socketId ? { 'X-Socket-Id': socketId } : {};
    return { Authorization: `Bearer ${token}`, ...origin };
}

async function reach(path: string, init: RequestInit): Promise<Response> {
    try {
        return await fetch(path, init);
    } catch (error) {
        if (error instanceof DOMException && error.name === 'AbortError') {
            throw error;
        }
        throw new NoConnection(error);
    }
}

function pathWithQuery(path: string, query: Call['query'] = {}): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
        if (value !== undefined) {
            parameters.set(name, String(value));
        }
    }
    return parameters.size > 0 ? `${path}?${parameters}` : path;
}
