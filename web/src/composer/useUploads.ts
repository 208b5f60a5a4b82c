import { useCallback, useEffect, useRef, useState } from 'react';
import { sentenceFor } from '../api/sentences';
import type { Attachment } from '../api/types';
import { useChat } from '../session/Chat';
import { fileSize } from '../text/sizes';
import { newClientId } from './clientId';

export interface UploadEntry {
    key: string;
    name: string;
    size: number;
    /** Share of the bytes that have left, 0 to 1. */
    progress: number;
    done: Attachment | null;
    problem: string | null;
}

/** Files on their way to the next message. */
export function useUploads() {
    const { upload, config } = useChat();
    const [entries, setEntries] = useState<readonly UploadEntry[]>([]);
    const aborts = useRef(new Map<string, AbortController>());

    useEffect(() => {
        const running = aborts.current;
        return () => running.forEach((abort) => abort.abort());
    }, []);

    const change = useCallback((key: string, part: Partial<UploadEntry>) => {
        setEntries((list) => list.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)));
    }, []);

    const send = (key: string, file: File) => {
        const abort = new AbortController();
        aborts.current.set(key, abort);
        upload(file, { signal: abort.signal, onProgress: (progress) => change(key, { progress }) })
            .then((done) => change(key, { done, progress: 1 }))
            .catch((error: unknown) => abort.signal.aborted || change(key, { problem: sentenceFor(error) }))
            .finally(() => aborts.current.delete(key));
    };

    const add = (files: Iterable<File>) => {
        for (const file of files) {
            const key = newClientId();
            const { name, size } = file;
            const problem = tooLarge(file, config.media.max_file_size);
            setEntries((list) => [...list, { key, name, size, progress: 0, done: null, problem }]);
            if (!problem) {
                send(key, file);
            }
        }
    };

    const remove = (key: string) => {
        aborts.current.get(key)?.abort();
        setEntries((list) => list.filter((entry) => entry.key !== key));
    };

    return {
        entries,
        isBusy: entries.some(({ done, problem }) => !done && !problem),
        ready: entries.flatMap(({ done }) => (done ? [done] : [])),
        add,
        remove,
        clear: () => setEntries([]),
    };
}

function tooLarge({ size }: File, most: number): string | null {
    return size > most ? `Too large to send: at most ${fileSize(most)}` : null;
}
