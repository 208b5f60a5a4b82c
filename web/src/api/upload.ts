import { headersFor, type Tokens, withToken } from './http';
import { NoConnection, parseRetryAfter, Problem } from './problem';
import type { Attachment } from './types';

export interface UploadOptions {
    signal: AbortSignal;
    /** Share of the bytes that have left, 0 to 1. */
    onProgress: (share: number) => void;
}

export type Upload = (file: File, options: UploadOptions) => Promise<Attachment>;

/** Uploads go by XMLHttpRequest: fetch cannot tell how far the sending has come. */
export function authorizedUpload(tokens: Tokens): Upload {
    return (file, options) => withToken(tokens, (token) => post(file, token, options));
}

function post(file: File, token: string, { signal, onProgress }: UploadOptions): Promise<Attachment> {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('POST', '/api/chat/upload');
        for (const [name, value] of Object.entries(headersFor(token, { method: 'POST' }, undefined))) {
            request.setRequestHeader(name, value);
        }
        request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
        request.onload = () =>
            request.status === 201
                ? resolve(JSON.parse(request.responseText) as Attachment)
                : reject(problemFrom(request));
        request.onerror = () => reject(new NoConnection());
        request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
        signal.addEventListener('abort', () => request.abort(), { once: true });

        const form = new FormData();
        form.append('file', file, file.name);
        request.send(form);
    });
}

function problemFrom(request: XMLHttpRequest): Problem {
    const retryAfterMs = parseRetryAfter(request.getResponseHeader('Retry-After'));
    return new Problem({
        code: `http_${request.status}`,
        ...parsed(request.responseText),
        status: request.status,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
}

function parsed(text: string): object {
    try {
        const body: unknown = JSON.parse(text);
        return typeof body === 'object' && body !== null ? body : {};
    } catch {
        return {};
    }
}
