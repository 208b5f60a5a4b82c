export interface FieldProblem {
    field: string;
    code: string;
    message: string;
}

interface ProblemDetails {
    status: number;
    code: string;
    title?: string;
    detail?: string;
    errors?: FieldProblem[];
    /** How long the server asks to be left alone, in milliseconds. */
    retryAfterMs?: number;
}

/** An answer of the server that is a failure (RFC 9457). */
export class Problem extends Error {
    override readonly name = 'Problem';
    readonly status: number;
    readonly code: string;
    readonly fields: readonly FieldProblem[];
    readonly retryAfterMs: number | undefined;

    constructor({ status, code, title, detail, errors, retryAfterMs }: ProblemDetails) {
        super(detail ?? title ?? `The server answered ${status}.`);
        this.status = status;
        this.code = code;
        this.fields = errors ?? [];
        this.retryAfterMs = retryAfterMs;
    }

    static async from(response: Response): Promise<Problem> {
        const retryAfterMs = parseRetryAfter(response.headers.get('Retry-After'));
        const body = await readBody(response);
        return new Problem({
            code: codeOf(response.status),
            ...body,
            status: response.status,
            ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        });
    }

    /** True when the same call may succeed later without anybody changing anything. */
    get isPassing(): boolean {
        return this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
    }
}

/** No answer at all: offline, or the connection broke on the way. */
export class NoConnection extends Error {
    override readonly name = 'NoConnection';

    constructor(cause?: unknown) {
        super('The server could not be reached.', { cause });
    }
}

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3). */
export function parseRetryAfter(value: string | null, now = Date.now()): number | undefined {
    if (!value) {
        return undefined;
    }
    const seconds = Number(value);
    if (Number.isFinite(seconds)) {
        return Math.max(0, seconds * 1000);
    }
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

async function readBody(response: Response): Promise<Partial<ProblemDetails>> {
    if (!response.headers.get('Content-Type')?.includes('json')) {
        return {};
    }
    try {
        return (await response.json()) as Partial<ProblemDetails>;
    } catch {
        return {};
    }
}

function codeOf(status: number): string {
    return status >= 500 ? 'unavailable' : `http_${status}`;
}
