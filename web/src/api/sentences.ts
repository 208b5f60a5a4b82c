import { NoConnection, Problem } from './problem';

const byCode: Partial<Record<string, string>> = {
    invalid_credentials: 'That username and password do not match. Check both and try again.',
    username_taken: 'Someone already has that username. Choose another one.',
    already_member: 'That person is already in the room.',
    forbidden: 'You are not allowed to do that here.',
    not_found: 'That is no longer there, or you have no access to it.',
    too_large: 'That is too large to send.',
    unsupported_media_type: 'Files of that kind cannot be sent.',
    unauthenticated: 'Your session has ended. Sign in again.',
    token_expired: 'Your session has ended. Sign in again.',
};

/** What a person is told about a failure: one sentence that says what happened or what to do. */
export function sentenceFor(error: unknown): string {
    if (error instanceof NoConnection) {
        return 'The server cannot be reached. Check your connection and try again.';
    }
    if (!(error instanceof Problem)) {
        return 'Something went wrong on this page. Reload it and try again.';
    }
    if (error.status === 429) {
        return `That was a bit fast. Try again ${inSeconds(error.retryAfterMs)}.`;
    }
    if (error.status >= 500) {
        return 'The server has trouble right now. Try again in a moment.';
    }
    const [field] = error.fields;
    return byCode[error.code] ?? field?.message ?? error.message;
}

function inSeconds(ms: number | undefined): string {
    const seconds = Math.ceil((ms ?? 1000) / 1000);
    return seconds <= 1 ? 'in a second' : `in ${seconds} seconds`;
}
